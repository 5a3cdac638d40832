import { describe, expect, it } from 'vitest'
import { differenceOf, type FoundLog } from '../../src/identity/log-difference.ts'
import type { FoldedPositions, LastFolded } from '../../src/tables/clickhouse-positions.ts'

const stored = (last: LastFolded, logId = 'a'): FoldedPositions => ({
  ...{ generation: 0, logId, otherTopics: [] },
  offsets: new Map([[0, 9]]),
  last: new Map([[0, last]]),
})

const found = (more: Partial<FoundLog> = {}, record = { offset: 9, checksum: 5n, recordedAt: 100 }): FoundLog => ({
  ...{ id: 'a', ends: new Map([[0, { low: 0, high: 20 }]]), records: new Map([[0, record]]) },
  ...more,
})

const marked: LastFolded = { recordedAt: 100, mark: { offset: 9, checksum: 5n } }
const unmarked: LastFolded = { recordedAt: 100, mark: undefined }
const codeOf = (of: FoldedPositions, log: FoundLog) => differenceOf('t', of, log)?.code

describe('the log of tables', () => {
  it('has the id and the last record that the tables know', () => {
    expect(codeOf(stored(marked), found())).toBeUndefined()
    expect(codeOf(stored(marked), found({ id: 'b' }))).toBe('LOG_REPLACED')
    expect(codeOf(stored(marked), found({}, { offset: 9, checksum: 6n, recordedAt: 100 }))).toBe('LOG_REPLACED')
  })

  it('is recognised by its record where ids are unknown, whatever its append time, as in a mirror', () => {
    expect(codeOf(stored(marked, ''), found({ id: undefined }))).toBeUndefined()
    expect(
      codeOf(stored(marked), found({ id: undefined }, { offset: 9, checksum: 5n, recordedAt: 900 })),
    ).toBeUndefined()
    expect(codeOf(stored(marked), found({ id: undefined }, { offset: 9, checksum: 6n, recordedAt: 100 }))).toBe(
      'LOG_REPLACED',
    )
  })

  it('is recognised by the append time where an earlier version folded it', () => {
    expect(codeOf(stored(unmarked, ''), found())).toBeUndefined()
    expect(codeOf(stored(unmarked, ''), found({}, { offset: 9, checksum: 6n, recordedAt: 101 }))).toBe('LOG_REPLACED')
  })

  it('may have lost the record, but not its end', () => {
    expect(codeOf(stored(marked), found({ records: new Map() }))).toBeUndefined()
    expect(codeOf(stored(marked), found({}, { offset: 12, checksum: 6n, recordedAt: 100 }))).toBeUndefined()
    expect(codeOf(stored(marked), found({ ends: new Map([[0, { low: 0, high: 9 }]]) }))).toBe('LOG_SHORTER_THAN_TABLES')
  })
})
