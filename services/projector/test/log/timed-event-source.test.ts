import type { LogRecord } from '@headwater/kafka'
import { describe, expect, it } from 'vitest'
import type { EventSource } from '../../src/log/event-source.ts'
import type { ReadTime, ReadTimes } from '../../src/log/read-times.ts'
import type { RecordRange } from '../../src/log/record-range.ts'
import { timeEventSource } from '../../src/log/timed-event-source.ts'

const [before2020, longAgo, noon] = [0, Date.UTC(2024, 0, 1), Date.UTC(2026, 0, 1, 12)]

function rangeOf(times: readonly number[], firstOffset = 0): RecordRange {
  const records = times.map(
    (recordedAt, index): LogRecord => ({
      ...{ topic: 't', partition: 0, offset: firstOffset + index, key: Buffer.from('k'), value: null, recordedAt },
    }),
  )
  const lastOffset = firstOffset + times.length - 1
  return { topic: 't', partition: 0, count: times.length, firstOffset, lastOffset, hasProducerTimes: true, records }
}

function memory(): ReadTimes & { readonly rows: ReadTime[] } {
  const rows: ReadTime[] = []
  return {
    rows,
    overlapping: async (range) =>
      rows.filter((row) => row.lastOffset >= range.firstOffset && row.firstOffset <= range.lastOffset),
    add: async (row) => void rows.push(row),
  }
}

async function timesAfter(readTimes: ReadTimes, at: number, range: RecordRange): Promise<readonly number[]> {
  const inner: EventSource = {
    async *batches() {
      yield { ranges: [range] }
    },
    commit: async () => undefined,
    setPaused: () => undefined,
    skipDeleted: async () => undefined,
    reading: () => undefined,
    close: async () => undefined,
  }
  const options = {
    readTimes,
    now: () => at,
    retry: <T>(call: () => Promise<T>) => call(),
    onWrongTimes: () => undefined,
  }
  const found: number[] = []
  for await (const { ranges } of timeEventSource(inner, options).batches(new AbortController().signal))
    for (const { records } of ranges) for (const record of records) found.push(record.recordedAt)
  return found
}

describe('times of producers', () => {
  it('are kept where they can be right, and are the time of reading where they cannot', async () => {
    const times = memory()
    expect(await timesAfter(times, noon, rangeOf([longAgo, before2020, -1, noon + 1, noon]))).toEqual([
      ...[longAgo, noon, noon, noon, noon],
    ])
    expect(times.rows).toEqual([{ topic: 't', partition: 0, firstOffset: 0, lastOffset: 4, readAt: noon }])
  })

  it('are the same when the records are read again, much later and in other ranges', async () => {
    const times = memory()
    await timesAfter(times, noon, rangeOf([longAgo, before2020, noon + 5]))
    await timesAfter(times, noon + 10, rangeOf([before2020, noon + 9], 3))
    const expected = [longAgo, noon, noon, noon + 10, noon + 9]
    expect(await timesAfter(times, noon + 1_000_000, rangeOf([longAgo, 0, noon + 5, 0, noon + 9]))).toEqual(expected)
    expect(await timesAfter(times, noon + 1_000_000, rangeOf([noon + 5, 0], 2))).toEqual([noon, noon + 10])
    expect(times.rows).toHaveLength(2)
  })

  it('are not looked at where the broker has set them', async () => {
    const times = memory()
    expect(await timesAfter(times, noon, { ...rangeOf([noon + 60]), hasProducerTimes: false })).toEqual([noon + 60])
    expect(times.rows).toEqual([])
  })
})
