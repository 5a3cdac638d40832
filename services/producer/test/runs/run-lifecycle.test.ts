import { expect, test, vi } from 'vitest'
import { testProducer } from '../helpers/test-producer.ts'

const fail = (error: unknown) => () => {
  throw error
}

test('a run that throws is FAILED, with the message and what it wrote', async () => {
  const { materialize, transport, flush } = testProducer()
  const job = materialize('s3://a/b', { deps: ['s3://a/a'] }, fail(new TypeError('no disk')))
  await expect(job()).rejects.toThrow('no disk')
  await flush()
  const [run] = transport.runs()
  expect(run).toMatchObject({
    state: 'FAILED',
    error: 'no disk',
    inputs: [{ key: 's3://a/a' }],
    outputs: [{ key: 's3://a/b' }],
  })
  expect(transport.edges()).toEqual([])
})

test('a long message is cut and ends with the number of missing characters', async () => {
  const { materialize, transport, flush } = testProducer({ maxTextLength: 10 })
  await materialize('s3://a/b', fail(new Error('x'.repeat(25))))().catch(() => {})
  await flush()
  expect(transport.runs()[0]?.error).toBe('xxxxxxxxxx… (15 more characters)')
})

test.each([
  ['an AbortError', new DOMException('stop', 'AbortError')],
  ['an error with code ABORT_ERR', Object.assign(new Error('stop'), { code: 'ABORT_ERR' })],
])('%s ends the run as ABORTED', async (_, error) => {
  const { materialize, transport, flush } = testProducer()
  await expect(materialize('s3://a/b', fail(error))()).rejects.toBe(error)
  await flush()
  expect(transport.runs()[0]).toMatchObject({ state: 'ABORTED', error: 'stop' })
})

test('a run that throws after its signal was aborted is ABORTED, one that returns has SUCCEEDED', async () => {
  const { materialize, transport, flush } = testProducer()
  const { signal, abort } = aborting()
  const job = materialize(
    's3://a/b',
    { signal: (options) => options.signal },
    (options: { signal: AbortSignal; ok: boolean }) => {
      abort()
      if (!options.ok) throw new Error('connection closed')
    },
  )
  await expect(job({ signal, ok: false })).rejects.toThrow('connection closed')
  await job({ signal, ok: true })
  await flush()
  expect(transport.runs().map(({ state }) => state)).toEqual(['ABORTED', 'SUCCEEDED'])
})

test('an announced run reports STARTED first, with what is known so far', async () => {
  const { materialize, transport, flush } = testProducer()
  await materialize('s3://a/b', { announce: true, deps: ['s3://a/a'] }, () => {})()
  await flush()
  expect(transport.runs()).toMatchObject([
    { state: 'STARTED', inputs: [{ key: 's3://a/a' }], outputs: [{ key: 's3://a/b' }] },
    { state: 'SUCCEEDED', runId: transport.runs()[0]?.runId },
  ])
})

test('a long run reports STARTED by itself, unless `announce` is false', async () => {
  const { materialize, transport, flush } = testProducer({ announceAfterMs: 1 })
  const long = materialize('s3://a/long', () => vi.waitFor(() => expect(transport.runs('s3://a/long')).toHaveLength(1)))
  const quiet = materialize('s3://a/quiet', { announce: false }, long)
  await quiet()
  await flush()
  expect(transport.runs('s3://a/long').map(({ state }) => state)).toEqual(['STARTED', 'SUCCEEDED'])
  expect(transport.runs('s3://a/quiet').map(({ state }) => state)).toEqual(['SUCCEEDED'])
})

test('an invalid interval gives a warning', async () => {
  const { materialize, transport, flush, warnings } = testProducer()
  await materialize('s3://a/b', { interval: { start: new Date('never'), end: 5 } }, () => {})()
  await flush()
  expect(transport.runs()[0]).toMatchObject({ state: 'SUCCEEDED', nominalStart: null, nominalEnd: null })
  expect(warnings.map(({ code }) => code)).toEqual(['INVALID_VALUE'])
})

test('a run never ends before its start, even if the clock goes back', async () => {
  let clock = 5_000
  const { materialize, transport, flush } = testProducer({ now: () => clock })
  await materialize('s3://a/b', () => {
    clock = 1_000
  })()
  await flush()
  expect(transport.runs()[0]).toMatchObject({ startedAt: 5_000, occurredAt: 5_000 })
})

function aborting() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
