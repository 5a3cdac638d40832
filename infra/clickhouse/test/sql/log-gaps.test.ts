import { describe, expect, it } from 'vitest'
import { joinGaps, type LogGap, recordsIn } from '../../src/sql/log-gaps.ts'

const gap = (partition: number, firstOffset: number, lastOffset: number, logId = 'a'): LogGap => ({
  ...{ topic: 't', logId, partition, firstOffset, lastOffset, noticedAt: lastOffset },
})

describe('gaps of the log', () => {
  it('count each record once, whatever several projectors and starts have noted', () => {
    const joined = joinGaps([gap(0, 3, 5), gap(0, 4, 9), gap(0, 10, 11), gap(0, 20, 20)])
    expect(joined).toMatchObject([
      { firstOffset: 3, lastOffset: 11 },
      { firstOffset: 20, lastOffset: 20 },
    ])
    expect(recordsIn(joined)).toBe(10)
  })

  it('are apart by partition and log', () => {
    expect(joinGaps([gap(0, 3, 5), gap(1, 4, 9), gap(1, 4, 9, 'b')])).toHaveLength(3)
  })
})
