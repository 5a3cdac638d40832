import { describe, expect, it } from 'vitest'
import { formatTable } from '../../src/terminal/table.ts'

const columns = [{ title: 'Asset', flexible: true }, { title: 'Runs' }]

describe('a table', () => {
  it('aligns its columns', () => {
    expect(
      formatTable(
        columns,
        [
          ['s3://a', '1'],
          ['s3://longer', '22'],
        ],
        undefined,
      ),
    ).toEqual(['Asset        Runs', 's3://a       1', 's3://longer  22'])
  })

  it('shortens the flexible column to fit the width', () => {
    const lines = formatTable(columns, [[`s3://${'x'.repeat(100)}`, '1']], 40)
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(40)
  })

  it('aligns CJK, emoji and combining characters', () => {
    const rows = [
      ['s3://日本', '1'],
      ['s3://👍', '2'],
      ['s3://e\u0301te\u0301', '3'],
    ]
    expect(formatTable(columns, rows, undefined)).toEqual([
      'Asset      Runs',
      's3://日本  1',
      's3://👍    2',
      's3://e\u0301te\u0301   3',
    ])
  })

  it('paints without moving what follows', () => {
    const painted = formatTable([{ title: 'A', paint: (text) => `<${text}>` }, { title: 'B' }], [['x', 'y']], undefined)
    expect(painted).toEqual(['A  B', '<x>  y'])
  })
})
