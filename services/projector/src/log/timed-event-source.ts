import { earliestRecordedAt, type LogRecord } from '@headwater/kafka'
import type { EventSource } from './event-source.ts'
import type { ReadTimes } from './read-times.ts'
import type { Batch, RecordRange } from './record-range.ts'

// Holds: a record's time is the broker's, or that of its producer unless that lies before 2020 or after the record was read; then it is the
// time when it was first read. That time is durable before anything is folded from it, so that reading the record again gives the same.

export type TimingOptions = {
  readonly readTimes: ReadTimes
  readonly now: () => number
  /** Calls until it succeeds. */
  readonly retry: <T>(call: () => Promise<T>) => Promise<T>
  /** Called with the number of records that have a time of their own that cannot be right. */
  readonly onWrongTimes: (count: number) => void
}

/** A source whose records all have a time that can be right. */
export function timeEventSource(inner: EventSource, options: TimingOptions): EventSource {
  return { ...inner, batches: (signal) => timedBatches(inner.batches(signal), options) }
}

async function* timedBatches(batches: AsyncIterable<Batch>, options: TimingOptions): AsyncIterable<Batch> {
  for await (const batch of batches) {
    if (!batch.ranges.some(({ hasProducerTimes }) => hasProducerTimes)) {
      yield batch
      continue
    }
    const ranges: RecordRange[] = []
    for (const range of batch.ranges) ranges.push(range.hasProducerTimes ? await timed(range, options) : range)
    yield { ...batch, ranges }
  }
}

async function timed(range: RecordRange, { readTimes, now, retry, onWrongTimes }: TimingOptions): Promise<RecordRange> {
  const { topic, partition, lastOffset } = range
  const firstOffset = firstIn(range.records)?.offset ?? lastOffset
  const place = { topic, partition, firstOffset, lastOffset }
  const read = () => retry(() => readTimes.overlapping(place))
  const readAt = now()
  let timeOf = earliestOf(await read(), readAt)
  const wrong = (record: LogRecord) =>
    record.recordedAt < earliestRecordedAt || record.recordedAt > timeOf(record).readAt
  let [count, isNew] = [0, false]
  for (const record of range.records)
    if (wrong(record)) {
      count++
      if (!timeOf(record).isKnown) isNew = true
    }
  if (isNew) {
    await retry(() => readTimes.add({ ...place, readAt }))
    timeOf = earliestOf(await read(), readAt) // another projector may have been earlier
  }
  if (count === 0) return range
  onWrongTimes(count)
  return {
    ...range,
    records: { [Symbol.iterator]: () => withTimes(range.records, wrong, (record) => timeOf(record).readAt) },
  }
}

function* withTimes(
  records: Iterable<LogRecord>,
  isWrong: (record: LogRecord) => boolean,
  timeOf: (record: LogRecord) => number,
): Generator<LogRecord> {
  for (const record of records) yield isWrong(record) ? withTime(record, timeOf(record)) : record
}

/** A copy, whose key and headers are still cut out only when they are read. */
const withTime = (record: LogRecord, recordedAt: number): LogRecord => ({
  ...record,
  recordedAt,
  get key() {
    return record.key
  },
  get retry() {
    return record.retry
  },
})

type Timed = { readonly readAt: number; readonly isKnown: boolean }

function earliestOf(
  times: Awaited<ReturnType<ReadTimes['overlapping']>>,
  readAt: number,
): (record: LogRecord) => Timed {
  const sorted = [...times].sort((a, b) => a.readAt - b.readAt)
  return ({ offset }) => {
    const found = sorted.find(({ firstOffset, lastOffset }) => firstOffset <= offset && offset <= lastOffset)
    return found === undefined ? { readAt, isKnown: false } : { readAt: found.readAt, isKnown: true }
  }
}

function firstIn(records: Iterable<LogRecord>): LogRecord | undefined {
  for (const record of records) return record
  return undefined
}
