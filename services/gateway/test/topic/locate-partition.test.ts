import { describe, expect, it } from 'vitest'
import { locatePartition } from '../../src/topic/locate-partition.ts'

const there = { topicId: 'now', low: 0, high: 10 }
const consumed = (next: number, topicId = 'now') => ({ next, note: { topicId, gaps: [], missingRecords: 0 } })

describe('where a partition is read on', () => {
  it('is the committed offset', () => {
    expect(locatePartition(there, consumed(10))).toEqual({ ...consumed(10), restart: undefined })
  })

  it('is the committed offset of an earlier version or an unknown topic, whose id is noted when it is known', () => {
    expect(locatePartition(there, consumed(4, ''))).toEqual({ ...consumed(4), restart: undefined })
    expect(locatePartition({ ...there, topicId: undefined }, consumed(4))).toEqual({
      ...consumed(4),
      restart: undefined,
    })
  })

  it('is the first record, after a gap, when the committed offset or the beginning was deleted', () => {
    const found = locatePartition({ ...there, low: 6 }, consumed(3))
    expect(found).toMatchObject({ next: 6, restart: undefined })
    expect(found.note).toEqual({ topicId: 'now', gaps: [{ firstOffset: 3, lastOffset: 5 }], missingRecords: 3 })
    expect(locatePartition({ ...there, low: 6 }, undefined)).toMatchObject({ next: 6, note: { missingRecords: 6 } })
    expect(locatePartition(there, undefined)).toMatchObject({ next: 0, note: { topicId: 'now', missingRecords: 0 } })
  })

  it('is the beginning of a topic that was created again, after a gap of what was left of the old one', () => {
    expect(locatePartition(there, consumed(4, 'old'))).toMatchObject({
      ...{ next: 0, restart: 'recreated', note: { topicId: 'now', missingRecords: 0 } },
    })
    const before = { next: 4, note: { topicId: 'old', gaps: [{ firstOffset: 0, lastOffset: 1 }], missingRecords: 2 } }
    expect(locatePartition({ ...there, low: 1 }, before, { firstOffset: 4, lastOffset: 5 })).toEqual({
      ...{ next: 1, restart: 'recreated' },
      note: {
        topicId: 'now',
        gaps: [
          { firstOffset: 0, lastOffset: 1, topicId: 'old' },
          { firstOffset: 4, lastOffset: 5, topicId: 'old' },
          { firstOffset: 0, lastOffset: 0 },
        ],
        missingRecords: 5,
      },
    })
  })

  it('is the beginning of a topic that ends before the committed offset', () => {
    expect(locatePartition(there, consumed(11))).toMatchObject({ next: 0, restart: 'shorter' })
    expect(locatePartition({ ...there, low: 2 }, consumed(11))).toMatchObject({ next: 2, note: { missingRecords: 0 } })
  })
})
