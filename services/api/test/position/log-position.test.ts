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
  it('are sorted by topic and number of the partition, and leave out what is not folded', () => {
    const states = [partition({ partition: 10 }), partition({ partition: 9 }), partition({ topic: 'a' })]
    expect(formatPosition([...states, partition({ partition: 1, lastOffset: null })])).toBe('a:0:5,t:9:5,t:10:5')
  })

  it('are read back', () => {
    const text = 'a.b-c_D:0:5,t:9:123456789012345'
    expect(parsePositions(text)).toEqual([
      { topic: 'a.b-c_D', partition: 0, offset: 5 },
      { topic: 't', partition: 9, offset: 123456789012345 },
    ])
  })

  it.each(['', 't', 't:0', 't:0:', 't:0:-1', 't:x:1', 't:0:1,', 't:0:1:2', 't t:0:1', 't:0:1e3'])(
    'are not %o',
    (text) => {
      expect(parsePositions(text)).toBeUndefined()
    },
  )
})

describe('how complete an answer is', () => {
  it('is when the last folded record was recorded, of the partition that is furthest behind', () => {
    expect(completeUntil([partition({ recordedAt: 100 }), partition({ recordedAt: 40 })])).toBe(40)
  })

  it('is when the log was last seen to be folded whole, however old its last record', () => {
    expect(completeUntil([partition({ caughtUpAt: 300 }), partition({ recordedAt: 250 })])).toBe(250)
    expect(completeUntil([partition({ caughtUpAt: 300 }), partition({ caughtUpAt: 310 })])).toBe(300)
  })

  it('counts what was folded since the log was last looked at', () => {
    expect(completeUntil([partition({ recordedAt: 400, caughtUpAt: 300 })])).toBe(400)
  })

  it('takes an empty partition as complete when it was looked at', () => {
    const empty = partition({ partition: 1, lastOffset: null, recordedAt: null, caughtUpAt: 90 })
    expect(completeUntil([partition({}), empty])).toBe(90)
  })

  it('is not known before anything is folded, or while a partition has records of which none is', () => {
    const nothing = partition({ lastOffset: null, recordedAt: null })
    expect(completeUntil([])).toBeUndefined()
    expect(completeUntil([{ ...nothing, caughtUpAt: 90 }])).toBeUndefined()
    expect(completeUntil([partition({}), nothing])).toBeUndefined()
  })
})
