import { describe, expect, it } from 'vitest'
import type { LogRecord } from '../src/batch.ts'
import { RecordQueue } from '../src/record-queue.ts'

const record = (partition: number, offset: number): LogRecord => ({
  topic: 't',
  partition,
  offset,
  key: null,
  value: null,
  recordedAt: 0,
})
const offsets = (records: readonly LogRecord[]) => records.map(({ offset }) => offset)

describe('the queue between fetching and folding', () => {
  it('gives records in the order they came, as many as asked for', () => {
    const queue = new RecordQueue(10)
    queue.push([record(0, 1), record(0, 2)])
    queue.push([record(0, 3)])
    expect(offsets(queue.take(2))).toEqual([1, 2])
    expect(offsets(queue.take(2))).toEqual([3])
  })

  it('is full at its capacity, and lets those wait pass when something is taken', async () => {
    const queue = new RecordQueue(2)
    queue.push([record(0, 1), record(0, 2)])
    expect(queue.isFull).toBe(true)
    const room = queue.room()
    queue.take(1)
    await room
    expect(queue.isFull).toBe(false)
  })

  it('tells of arrivals, again after it was emptied', async () => {
    const queue = new RecordQueue(2)
    queue.push([record(0, 1)])
    await queue.arrival()
    queue.take(1)
    const next = queue.arrival()
    queue.push([record(0, 2)])
    await next
    expect(offsets(queue.take(1))).toEqual([2])
  })

  it('forgets a partition that is read anew', () => {
    const queue = new RecordQueue(10)
    queue.push([record(0, 1), record(1, 7), record(0, 2)])
    queue.discard('t', 0)
    expect(offsets(queue.take(10))).toEqual([7])
  })
})
