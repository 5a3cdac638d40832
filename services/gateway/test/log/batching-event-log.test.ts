import { buildMaterialization } from '@headwater/testing/events'
import { afterEach, describe, expect, it } from 'vitest'
import { BatchingEventLog } from '../../src/log/batching-event-log.ts'
import { RecordTooLarge } from '../../src/log/record-sender.ts'
import { InMemoryRecordSender, schemaIds } from './in-memory-record-sender.ts'

const event = (n: number, text = '') => buildMaterialization({ runId: `run-${n}`, error: text })

type Limits = { maxBytes?: number; maxRecords?: number; deadlineMs?: number; maxRecordBytes?: number }
const logs: BatchingEventLog[] = []

function openLog({ maxRecordBytes = 10_000, ...limits }: Limits = {}) {
  const sender = new InMemoryRecordSender()
  const failures: Error[] = []
  const observer = { sent: () => undefined, failed: (error: Error) => void failures.push(error) }
  const all = { maxBytes: 1_000_000, maxRecords: 10_000, deadlineMs: 30_000, ...limits }
  const log = new BatchingEventLog({ sender, limits: all, maxRecordBytes, observer })
  log.open(schemaIds)
  logs.push(log)
  return { log, sender, failures }
}

/** Holds every batch until released. */
function held(sender: InMemoryRecordSender): () => void {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  sender.before = () => released
  return release
}

afterEach(async () => {
  for (const log of logs.splice(0)) await log.close(1_000)
})

const later = (log: BatchingEventLog, count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => log.append([event(n)])))

describe('BatchingEventLog', () => {
  it('sends records that arrive while a batch is in flight as the next batch', async () => {
    const { log, sender } = openLog()
    const release = held(sender)
    const first = log.append([event(0)])
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const next = later(log, 20)
    release()
    expect(await first).toEqual([{ topic: 'log', partition: 0, offset: 0 }])
    expect((await next).flat().map(({ offset }) => offset)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    expect(sender.batches).toEqual([1, 20])
  })

  it('writes retry headers to the records of a retried event, and to no other', async () => {
    const { log, sender } = openLog()
    await log.append([event(0), event(1)], { of: 'openlineage.events:0:3', recordedAt: 5 })
    await log.append([event(2)])
    const retry = { 'headwater-retry-of': 'openlineage.events:0:3', 'headwater-recorded-at': '5' }
    expect(sender.records.map(({ headers }) => headers)).toEqual([retry, retry, undefined])
  })

  it('resolves each append to its own positions, also across batches', async () => {
    const { log, sender } = openLog({ maxRecordBytes: 1_000 })
    const all = await Promise.all([0, 1, 2].map((n) => log.append([0, 1, 2, 3].map((m) => event(n * 4 + m)))))
    expect(sender.batches.length).toBeGreaterThan(1)
    for (const [n, positions] of all.entries())
      expect(positions.map(({ offset }) => sender.records[offset]?.key)).toEqual(
        [0, 1, 2, 3].map((m) => `run-${n * 4 + m}`),
      )
    expect(log.pending).toEqual({ records: 0, bytes: 0 })
  })

  it('refuses an append at once while the queue is full, and accepts it once there is room', async () => {
    const { log, sender } = openLog({ maxRecords: 3 })
    const release = held(sender)
    const first = later(log, 3)
    await expect(log.append([event(3)])).rejects.toMatchObject({ code: 'OVERLOADED', retryable: true })
    release()
    await first
    await expect(log.append([event(3)])).resolves.toHaveLength(1)
    expect(sender.records).toHaveLength(4)
  })

  it('counts bytes against the limit until they are stored', async () => {
    const { log, sender } = openLog({ maxBytes: 5_000 })
    const release = held(sender)
    const first = log.append([event(0, 'x'.repeat(4_000))])
    await expect(log.append([event(1, 'x'.repeat(4_000))])).rejects.toMatchObject({ code: 'OVERLOADED' })
    release()
    await first
    await expect(log.append([event(1, 'x'.repeat(4_000))])).resolves.toHaveLength(1)
  })

  it('rejects appends at their deadline, yet still stores the batch in flight', async () => {
    const { log, sender } = openLog({ deadlineMs: 50 })
    const release = held(sender)
    await expect(log.append([event(0)])).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE', retryable: true })
    await expect(log.append([event(1)])).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    release()
    await log.close(1_000)
    expect(sender.records.map(({ key }) => key)).toEqual(['run-0'])
    expect(log.pending).toEqual({ records: 0, bytes: 0 })
  })

  it('retries a batch until it is stored', async () => {
    const { log, sender, failures } = openLog()
    let left = 2
    sender.before = () => {
      if (left-- > 0) throw new Error('away')
    }
    await expect(log.append([event(0)])).resolves.toEqual([{ topic: 'log', partition: 0, offset: 0 }])
    expect(failures).toHaveLength(2)
  })

  it('isolates the record that the topic refuses and stores the rest of the batch', async () => {
    const { log, sender } = openLog()
    sender.before = (records) => {
      if (records.some(({ value }) => value.length > 5_000)) throw new RecordTooLarge('too large')
    }
    const results = await Promise.allSettled(
      [0, 1, 2, 3, 4].map((n) => log.append([event(n, n === 3 ? 'x'.repeat(6_000) : '')])),
    )
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(results[3]).toMatchObject({ reason: { code: 'EVENT_TOO_LARGE', retryable: false } })
    expect(sender.records.map(({ key }) => key).sort()).toEqual(['run-0', 'run-1', 'run-2', 'run-4'])
  })

  it('refuses an event that exceeds the record limit, with both sizes', async () => {
    const { log } = openLog({ maxRecordBytes: 1_000 })
    const refusal = await log.append([event(0, 'x'.repeat(2_000))]).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'EVENT_TOO_LARGE', facts: { bytes: expect.any(Number), maxBytes: 1_000 } })
  })

  it('divides an event that exceeds the record limit into several of the same run', async () => {
    const { log, sender } = openLog({ maxRecordBytes: 2_000 })
    const outputs = Array.from({ length: 100 }, (_, n) => `s3://lake/${n}/${'x'.repeat(50)}`)
    const positions = await log.append([event(0), buildMaterialization({ runId: 'large', outputs })])
    expect(positions.map(({ offset }) => offset)).toEqual(sender.records.map((_, at) => at))
    expect(sender.records.map(({ key }) => key)).toEqual(['run-0', ...sender.records.slice(1).map(() => 'large')])
    expect(sender.records.length).toBeGreaterThan(4)
    for (const { value } of sender.records) expect(value.length).toBeLessThanOrEqual(2_000)
  })

  it('refuses events before it is opened, with the reason', async () => {
    const observer = { sent: () => undefined, failed: () => undefined }
    const limits = { maxBytes: 1, maxRecords: 1, deadlineMs: 1 }
    const log = new BatchingEventLog({ sender: new InMemoryRecordSender(), limits, maxRecordBytes: 1, observer })
    logs.push(log)
    expect(log.problem).toMatch(/starting/)
    await expect(log.append([event(0)])).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
  })

  it('sends queued records on close and refuses new ones', async () => {
    const { log, sender } = openLog()
    const appended = later(log, 5)
    await log.close(5_000)
    await appended
    expect(sender.records).toHaveLength(5)
    expect(sender.isClosed).toBe(true)
    await expect(log.append([event(9)])).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
  })

  it('rejects queued records on close when they cannot be sent', async () => {
    const { log, sender } = openLog()
    sender.before = () => {
      throw new Error('away')
    }
    const refused = expect(log.append([event(0)])).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' })
    await log.close(5_000)
    await refused
  })
})
