import { describe, expect, it } from 'vitest'
import { formatNote, noNote, parseNote, withGap } from '../../src/topic/commit-note.ts'

const noted = { topicId: 'abc', gaps: [], missingRecords: 0 }

describe('the note of a commit', () => {
  it('is read as it was written', () => {
    const note = withGap(withGap(noted, { firstOffset: 3, lastOffset: 5 }), {
      ...{ firstOffset: 7, lastOffset: 7, topicId: 'old' },
    })
    expect(note.missingRecords).toBe(4)
    expect(parseNote(formatNote(note))).toEqual(note)
    expect(parseNote(formatNote(noted))).toEqual(noted)
  })

  it('is empty where something else committed', () => {
    for (const text of [null, '', 'by hand', '{"topicId":3}', '[]']) expect(parseNote(text)).toEqual(noNote)
  })

  it('counts a gap once, and fits into what a broker keeps, with all records counted', () => {
    let note = withGap(withGap(noted, { firstOffset: 0, lastOffset: 1 }), { firstOffset: 0, lastOffset: 1 })
    expect(note.missingRecords).toBe(2)
    const topicId = 'A'.repeat(22)
    for (let at = 1; at <= 1_000; at++)
      note = withGap(note, { firstOffset: at * 1e12, lastOffset: at * 1e12 + 1, topicId })
    expect(note.missingRecords).toBe(2_002)
    expect(note.gaps.at(-1)?.firstOffset).toBe(1e15)
    expect(formatNote(note).length).toBeLessThan(2_048)
  })
})
