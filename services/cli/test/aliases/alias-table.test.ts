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
}

describe('a table of aliases', () => {
  it('has the canonical key first, then the others with who said so', () => {
    const members = [
      { key: 's3://lake/t', source: 'table_symlink' as const, since: 'yesterday' },
      { key: 'hive://old/d/t', source: 'authority' as const, since: null },
    ]
    expect(aliasTable({ ...answer, members }, options)).toEqual([
      'hive://h/d/t',
      'Also known as   Said by          When',
      's3://lake/t     table of a path  yesterday',
      'hive://old/d/t  authority        configured',
    ])
  })

  it('says so where there is no other key, and what is not believed', () => {
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
      'No other key means it',
      'Not believed (two_tables): hive://h/d/u means s3://lake/t',
    ])
  })
})
