import type { HeadwaterEvent } from '@headwater/schemas'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createProducer, type ProducerOptions, TransportError, type Warning } from '../../src/index.ts'
import { scriptedTransport } from '../helpers/scripted-transport.ts'

const away = new TransportError('UNAVAILABLE', 'no broker')
const poison = new TransportError('UNSENDABLE', 'too large')

function sender(script: ReturnType<typeof scriptedTransport>, options: Partial<ProducerOptions> = {}) {
  const warnings: Warning[] = []
  const producer = createProducer({
    transport: script.transport,
    namespace: 'shop',
    lingerMs: 0,
    minBackOffMs: 1,
    maxBackOffMs: 2,
    onWarning: (warning) => void warnings.push(warning),
    ...options,
  })
  return { ...producer, warnings, codes: () => warnings.map(({ code }) => code) }
}

const tagOf = ({ event }: HeadwaterEvent) => ('tags' in event ? event.tags?.[0] : undefined)

test('events are sent in the background, in batches and in order', async () => {
  const script = scriptedTransport(() => 'ok')
  const { tag, flush } = sender(script, { maxBatchEvents: 3 })
  for (let n = 0; n < 7; n += 1) tag('s3://a/b', String(n))
  expect(script.attempts).toHaveLength(1)
  expect(await flush()).toEqual({ delivered: 7, undelivered: 0, dropped: 0 })
  expect(script.attempts.map((batch) => batch.map(tagOf))).toEqual([['0', '1', '2'], ['3', '4', '5'], ['6']])
})

test('events reach a broker that was unavailable in order once it is back, with one warning for each change', async () => {
  let up = false
  const script = scriptedTransport(() => (up ? 'ok' : away))
  const { tag, flush, stats, codes, warnings } = sender(script, { maxBatchEvents: 2, maxBufferedEvents: 5 })
  for (let n = 0; n < 8; n += 1) tag('s3://a/b', String(n))
  await vi.waitFor(() => expect(script.attempts.length).toBeGreaterThan(5))
  expect(stats()).toMatchObject({ accepted: 5, delivered: 0, pending: 5, dropped: { bufferFull: 3 } })
  up = true
  expect(await flush()).toEqual({ delivered: 5, undelivered: 0, dropped: 3 })
  expect(script.taken.map(tagOf)).toEqual(['0', '1', '2', '3', '4'])
  expect(codes()).toEqual(['BUFFER_FULL', 'TRANSPORT_AWAY', 'TRANSPORT_BACK'])
  expect(warnings.at(-1)?.message).toBe('Lineage is delivered again; 3 events were dropped while the buffer was full')
})

test('whatever fails, sendable events arrive in order and the rest is counted', async () => {
  const outcomes = fc.array(fc.constantFrom('ok' as const, away, new Error('anything')), { maxLength: 20 })
  const events = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(events, outcomes, fc.integer({ min: 1, max: 7 }), async (poisonous, script, maxBatchEvents) => {
      const bad = (event: HeadwaterEvent) => poisonous[Number(tagOf(event))] === true
      const scripted = scriptedTransport((batch, attempt) => (batch.some(bad) ? poison : (script[attempt] ?? 'ok')))
      const { tag, flush } = sender(scripted, { maxBatchEvents })
      for (const index of poisonous.keys()) tag('s3://a/b', String(index))
      const good = [...poisonous.keys()].filter((index) => poisonous[index] === false)
      expect(await flush()).toEqual({ delivered: good.length, undelivered: 0, dropped: poisonous.length - good.length })
      expect(scripted.taken.map(tagOf)).toEqual(good.map(String))
    }),
    { numRuns: 50 },
  )
})

test('an event that does not match its schema is dropped with a warning and blocks no other event', async () => {
  const script = scriptedTransport(() => 'ok')
  const { emit, tag, flush, warnings } = sender(script)
  emit({ type: 'CheckEvent', event: { key: 5 } } as unknown as HeadwaterEvent)
  emit(undefined as unknown as HeadwaterEvent)
  tag('s3://a/b', 'x')
  expect(await flush()).toMatchObject({ delivered: 1, undelivered: 0 })
  expect(warnings[0]).toMatchObject({
    code: 'UNSENDABLE',
    message: expect.stringContaining('CheckEvent does not match its schema'),
  })
})

test('a flush that reaches its deadline reports what is undelivered and why', async () => {
  const never = scriptedTransport(() => 'never')
  const hanging = sender(never)
  hanging.tag('s3://a/b', 'x')
  expect(await hanging.flush(5)).toEqual({
    delivered: 0,
    undelivered: 1,
    dropped: 0,
    reason: 'still sending at the deadline',
  })
  const failing = sender(scriptedTransport(() => away))
  failing.tag('s3://a/b', 'x')
  expect(await failing.flush(20)).toMatchObject({ undelivered: 1, reason: 'no broker' })
})

test('a flush does not wait for a transport that refuses the client, and events stay buffered', async () => {
  let refuses = true
  const script = scriptedTransport(() => (refuses ? new TransportError('REFUSED', 'wrong password') : 'ok'))
  const { tag, flush, codes } = sender(script)
  tag('s3://a/b', 'x')
  expect(await flush(2 ** 40)).toMatchObject({ undelivered: 1, dropped: 0, reason: 'wrong password' })
  refuses = false
  expect(await flush()).toEqual({ delivered: 1, undelivered: 0, dropped: 0 })
  expect(codes()).toEqual(['TRANSPORT_REFUSED', 'TRANSPORT_BACK'])
})

test('close flushes, closes the transport once, and drops later events', async () => {
  const script = scriptedTransport(() => 'ok')
  const { tag, close, flush, stats, codes } = sender(script)
  tag('s3://a/b', 'x')
  const report = { delivered: 1, undelivered: 0, dropped: 0 }
  expect(await Promise.all([close(), close()])).toEqual([report, report])
  tag('s3://a/b', 'y')
  expect(await flush()).toEqual({ ...report, dropped: 1 })
  expect([script.closed(), stats().dropped.closed, codes()]).toEqual([1, 1, ['CLOSED']])
})

test('close resolves when the transport hangs or throws', async () => {
  const hanging = { send: () => new Promise<void>(() => {}), close: () => new Promise<void>(() => {}) }
  const throwing = {
    send: () => {
      throw new Error('sync')
    },
    close: () => {
      throw new Error('sync')
    },
  }
  for (const transport of [hanging, throwing]) {
    const { tag, close } = createProducer({ transport, namespace: 'shop', onWarning: () => {} })
    tag('s3://a/b', 'x')
    expect(await close(5)).toMatchObject({ delivered: 0, undelivered: 1 })
  }
})

test('nothing to flush resolves at once', async () => {
  const { flush } = sender(scriptedTransport(() => 'never'))
  expect(await flush()).toEqual({ delivered: 0, undelivered: 0, dropped: 0 })
})
