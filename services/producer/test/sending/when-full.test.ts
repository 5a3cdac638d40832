import { expect, test, vi } from 'vitest'
import { TransportError } from '../../src/index.ts'
import { scriptedTransport } from '../helpers/scripted-transport.ts'
import { testProducer } from '../helpers/test-producer.ts'

const key = 's3://lake/a'
const away = new TransportError('UNAVAILABLE', 'no broker')

/** A transport that takes a turn of the event loop for each batch, as a real one does. */
function turningTransport() {
  const script = scriptedTransport(() => 'ok')
  const send: typeof script.transport.send = async (events) => {
    await new Promise((resolve) => setImmediate(resolve))
    await script.transport.send(events)
  }
  return { ...script, transport: { ...script.transport, send } }
}

test.each(['one after another', 'all at once'])('with wait, calls %s lose nothing, in order', async (how) => {
  const { transport, taken } = turningTransport()
  const options = { maxBufferedEvents: 20, maxBatchEvents: 7, whenFull: 'wait' } as const
  const { materialize, close, stats } = testProducer({ transport, ...options })
  const write = materialize(key, (n: number) => n)
  const results: number[] = []
  if (how === 'all at once') results.push(...(await Promise.all(Array.from({ length: 3_000 }, (_, n) => write(n)))))
  else for (let n = 0; n < 3_000; n += 1) results.push(await write(n))
  expect(results).toEqual(Array.from({ length: 3_000 }, (_, n) => n))
  expect(await close()).toEqual({ delivered: 3_000, undelivered: 0, dropped: 0 })
  expect(stats()).toMatchObject({ accepted: 3_000, pending: 0 })
  const ids = taken.map(({ event }) => event.eventId)
  expect(new Set(ids).size).toBe(3_000)
})

test('by default calls do not wait, and the report counts exactly what was dropped', async () => {
  const { transport } = turningTransport()
  const { materialize, close, warnings } = testProducer({ transport, maxBufferedEvents: 20, maxBatchEvents: 7 })
  const write = materialize(key, () => 1)
  for (let n = 0; n < 3_000; n += 1) await write()
  const { delivered, dropped, undelivered } = await close()
  expect({ all: delivered + dropped, undelivered }).toEqual({ all: 3_000, undelivered: 0 })
  expect(dropped).toBeGreaterThan(2_000)
  expect(warnings[0]?.message).toContain("whenFull: 'wait'")
})

test('calls wait once for a transport that is away; the next ones are dropped until an event is delivered', async () => {
  let isUp = false
  const { transport } = scriptedTransport(() => (isUp ? 'ok' : away))
  const limits = { maxBufferedEvents: 3, maxWaitMs: 30, minBackOffMs: 1, maxBackOffMs: 2 }
  const { materialize, flush, stats } = testProducer({ transport, whenFull: 'wait', ...limits })
  const write = materialize(key, (n: number) => n)
  for (let n = 0; n < 10; n += 1) expect(await write(n)).toBe(n)
  expect(stats()).toMatchObject({ accepted: 3, pending: 3, dropped: { bufferFull: 7 } })
  isUp = true
  await vi.waitFor(() => expect(stats().delivered).toBe(3))
  for (let n = 0; n < 10; n += 1) await write(n)
  expect(await flush()).toEqual({ delivered: 13, undelivered: 0, dropped: 7 })
})

test('an error of the function waits as a result does, and stays the same', async () => {
  const { transport } = turningTransport()
  const { flow, close } = testProducer({ transport, maxBufferedEvents: 2, whenFull: 'wait' })
  const failure = new Error('disk full')
  const failing = flow('failing', () => {
    throw failure
  })
  const errors = await Promise.all(Array.from({ length: 50 }, () => failing().catch((error: unknown) => error)))
  expect(errors.every((error) => error === failure)).toBe(true)
  expect(await close()).toEqual({ delivered: 100, undelivered: 0, dropped: 0 })
})

test('close ends the waiting of calls, and counts their events', async () => {
  const { transport } = scriptedTransport(() => 'never')
  const { materialize, close, stats } = testProducer({ transport, maxBufferedEvents: 2, whenFull: 'wait' })
  const write = materialize(key, () => 1)
  const calls = Promise.all(Array.from({ length: 5 }, () => write()))
  await vi.waitFor(() => expect(stats().pending).toBe(5))
  expect(await close(20)).toMatchObject({ delivered: 0, undelivered: 2, dropped: 3 })
  expect(await calls).toEqual([1, 1, 1, 1, 1])
})

test('events from outside of runs never wait', async () => {
  const { transport } = scriptedTransport(() => 'never')
  const { tag, stats } = testProducer({ transport, maxBufferedEvents: 2, whenFull: 'wait' })
  for (let n = 0; n < 5; n += 1) tag(key, String(n))
  expect(stats()).toMatchObject({ pending: 2, dropped: { bufferFull: 3 } })
})
