import { describe, expect, it } from 'vitest'
import type { RecordRange } from '../../src/log/record-range.ts'
import { RecordRangeQueue } from '../../src/log/record-range-queue.ts'

const range = (partition: number, lastOffset: number, count = 1): RecordRange => ({
  topic: 't',
  partition,
  count,
  firstOffset: lastOffset,
  lastOffset,
  records: [],
})
const offsets = (ranges: readonly RecordRange[]) => ranges.map(({ lastOffset }) => lastOffset)

describe('the queue between fetching and folding', () => {
  it('returns ranges in order, up to the limit of records, but at least one', () => {
    const queue = new RecordRangeQueue(10)
    for (const [lastOffset, count] of [
      [1, 2],
      [2, 2],
      [3, 1],
      [8, 5],
    ] as const)
      queue.push(range(0, lastOffset, count))
    expect(offsets(queue.take(4))).toEqual([1, 2])
    expect(offsets(queue.take(4))).toEqual([3])
    expect(offsets(queue.take(4))).toEqual([8])
    expect(queue.take(4)).toEqual([])
  })

  it('is full at its capacity of records, and has room again after a take', async () => {
    const queue = new RecordRangeQueue(5)
    queue.push(range(0, 1, 4))
    expect(queue.isFull).toBe(false)
    queue.push(range(0, 2, 4))
    expect(queue.isFull).toBe(true)
    const room = queue.room()
    queue.take(1)
    await room
    expect(queue.isFull).toBe(false)
  })

  it('reports arrivals, also after it was emptied', async () => {
    const queue = new RecordRangeQueue(2)
    queue.push(range(0, 1))
    await queue.arrival()
    queue.take(1)
    const next = queue.arrival()
    queue.push(range(0, 2))
    await next
    expect(offsets(queue.take(1))).toEqual([2])
  })

  it('drops the ranges of a reassigned partition', () => {
    const queue = new RecordRangeQueue(3)
    for (const each of [range(0, 1, 2), range(1, 7), range(0, 2)]) queue.push(each)
    queue.discard('t', 0)
    expect(queue.isFull).toBe(false)
    expect(offsets(queue.take(10))).toEqual([7])
  })
})
