import { describe, expect, it } from 'vitest'
import { aliasTable } from '../../src/aliases/alias-table.ts'
import { createStyle } from '../../src/terminal/style.ts'

const options = { style: createStyle(false), width: undefined, when: (time: string | null) => time ?? '' }
const answer = {
  key: 'hive://h/d/t',
  asked: 's3://lake/t',
  statements: [],
  refused: [],
  members: [],
  position: '',
  lagMs: null,
  completeness: { complete: true, missingRecords: 0, gaps: [] },
}

describe('a table of aliases', () => {
  it('has the canonical key first, then its aliases with who declared them', () => {
    const members = [
      { key: 's3://lake/t', source: 'table_symlink' as const, since: 'yesterday' },
      { key: 'hive://old/d/t', source: 'authority' as const, since: null },
    ]
    expect(aliasTable({ ...answer, members }, options)).toEqual([
      'hive://h/d/t',
      'Alias           Declared by      When',
      's3://lake/t     table of a path  yesterday',
      'hive://old/d/t  authority rule   configured',
    ])
  })

  it('reports that there are no aliases, and which were refused', () => {
    const refused = [
      {
        asset: 's3://lake/t',
        alias: 'hive://h/d/u',
        source: 'symlink' as const,
        since: null,
        reason: 'two_tables' as const,
        between: [],
      },
    ]
    expect(aliasTable({ ...answer, refused }, options)).toEqual([
      'hive://h/d/t',
      'No aliases',
      'Refused (two_tables): hive://h/d/u as an alias of s3://lake/t',
    ])
  })
})
