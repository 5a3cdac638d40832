import { type Consumer, Kafka, logLevel } from 'kafkajs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchConsumer } from '../../src/index.ts'

type Listener = (event: { payload: unknown }) => void

/** A consumer that does nothing but report. */
function reportingConsumer() {
  const kafka = new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING })
  const { events } = kafka.consumer({ groupId: 'test' })
  const listeners = new Map<string, Set<Listener>>()
  const on = (name: string, listen: Listener) => {
    const all = listeners.get(name) ?? new Set()
    listeners.set(name, all.add(listen))
    return () => all.delete(listen)
  }
  const report = (name: string, payload: unknown = {}) => {
    for (const listen of listeners.get(name) ?? []) listen({ payload })
  }
  return { consumer: { on, events } as unknown as Consumer, events, report }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('reports the end of a consumer that neither fetches nor sends heartbeats, once', () => {
  const { consumer, events, report } = reportingConsumer()
  const ends: string[] = []
  watchConsumer(consumer, { onEnd: (error) => ends.push(error.message), silentAfterMs: 90_000 })
  for (let second = 0; second < 300; second += 10) {
    vi.advanceTimersByTime(10_000)
    report(second < 150 ? events.FETCH : events.HEARTBEAT)
  }
  expect(ends).toEqual([])
  vi.advanceTimersByTime(200_000)
  expect(ends).toEqual(['The consumer has neither fetched nor sent a heartbeat for 90 s'])
})

it('reports a crash with its cause, and a consumer that disconnected without one', () => {
  const crashed = reportingConsumer()
  const ends: string[] = []
  watchConsumer(crashed.consumer, { onEnd: (error) => ends.push(error.message) })
  crashed.report(crashed.events.DISCONNECT)
  crashed.report(crashed.events.CRASH, { error: new Error('no coordinator'), restart: false })
  vi.advanceTimersByTime(5_000)
  const disconnected = reportingConsumer()
  watchConsumer(disconnected.consumer, { onEnd: (error) => ends.push(error.message) })
  disconnected.report(disconnected.events.DISCONNECT)
  vi.advanceTimersByTime(5_000)
  expect(ends).toEqual(['no coordinator', 'The consumer disconnected'])
})

it('reports nothing once the watch has ended', () => {
  const { consumer, events, report } = reportingConsumer()
  const ends: Error[] = []
  const unwatch = watchConsumer(consumer, { onEnd: (error) => ends.push(error) })
  report(events.DISCONNECT)
  unwatch()
  report(events.CRASH, { error: new Error('late') })
  vi.advanceTimersByTime(300_000)
  expect(ends).toEqual([])
})
