import { createProducer, memoryTransport } from '@headwater/producer'
import { expect, test } from 'vitest'
import { runRecorder } from '../src/run-recorder.ts'

test('records runs whose end was delivered, failed ones too', async () => {
  const inner = memoryTransport()
  const recorder = runRecorder(inner)
  const { materialize, flow, close } = createProducer({ namespace: 'test', transport: recorder })
  const good = materialize('s3://good', async () => ({}))
  const bad = materialize('s3://bad', async () => Promise.reject(new Error('no')))
  await flow('both', async () => {
    await good()
    await bad().catch(() => undefined)
  })()
  await close()
  expect(recorder.endedRuns).toEqual(new Set(inner.runs().map(({ runId }) => runId)))
  expect(recorder.endedRuns.size).toBe(3)
})

test('records nothing when a send fails', async () => {
  const recorder = runRecorder({ send: () => Promise.reject(new Error('away')), close: async () => undefined })
  const { materialize, close } = createProducer({ namespace: 'test', transport: recorder, onWarning: () => undefined })
  await materialize('s3://good', async () => ({}))()
  await close(1)
  expect(recorder.endedRuns.size).toBe(0)
})
