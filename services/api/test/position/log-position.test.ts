import { describe, expect, it } from 'vitest'
import { completeUntil, formatPosition, type PartitionState, parsePositions } from '../../src/position/log-position.ts'

const partition = (parts: Partial<PartitionState>): PartitionState => ({
  topic: 't',
  partition: 0,
  lastOffset: 5,
  recordedAt: 100,
  caughtUpAt: null,
  ...parts,
})

describe('positions', () => {
  it('are sorted by topic and partition number, without partitions where nothing is folded', () => {
    const states = [partition({ partition: 10 }), partition({ partition: 9 }), partition({ topic: 'a' })]
    expect(formatPosition([...states, partition({ partition: 1, lastOffset: null })])).toBe('a:0:5,t:9:5,t:10:5')
  })

  it('are parsed', () => {
    const text = 'a.b-c_D:0:5,t:9:123456789012345'
    expect(parsePositions(text)).toEqual([
      { topic: 'a.b-c_D', partition: 0, offset: 5 },
      { topic: 't', partition: 9, offset: 123456789012345 },
    ])
  })

  it.each(['', 't', 't:0', 't:0:', 't:0:-1', 't:x:1', 't:0:1,', 't:0:1:2', 't t:0:1', 't:0:1e3'])(
    'refuse %o',
    (text) => {
      expect(parsePositions(text)).toBeUndefined()
    },
  )
})

describe('the time until which an answer is complete', () => {
  it('is the record time of the last folded record, of the partition furthest behind', () => {
    expect(completeUntil([partition({ recordedAt: 100 }), partition({ recordedAt: 40 })])).toBe(40)
  })

  it('is the last time at which the whole partition was folded, however old its last record is', () => {
    expect(completeUntil([partition({ caughtUpAt: 300 }), partition({ recordedAt: 250 })])).toBe(250)
    expect(completeUntil([partition({ caughtUpAt: 300 }), partition({ caughtUpAt: 310 })])).toBe(300)
  })

  it('includes records folded since that time', () => {
    expect(completeUntil([partition({ recordedAt: 400, caughtUpAt: 300 })])).toBe(400)
  })

  it('takes an empty partition as complete at its last observation', () => {
    const empty = partition({ partition: 1, lastOffset: null, recordedAt: null, caughtUpAt: 90 })
    expect(completeUntil([partition({}), empty])).toBe(90)
  })

  it('is unknown before anything is folded, and while a partition has records of which none is folded', () => {
    const nothing = partition({ lastOffset: null, recordedAt: null })
    expect(completeUntil([])).toBeUndefined()
    expect(completeUntil([{ ...nothing, caughtUpAt: 90 }])).toBeUndefined()
    expect(completeUntil([partition({}), nothing])).toBeUndefined()
  })
})
