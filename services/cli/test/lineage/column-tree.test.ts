import type { ColumnLineage, ColumnNode } from '@headwater/api/contract'
import { describe, expect, it } from 'vitest'
import { columnTree } from '../../src/lineage/column-tree.ts'
import { createStyle } from '../../src/terminal/style.ts'

const plain = { style: createStyle(false), width: undefined }

type Edge = ColumnLineage['edges'][number]
type How = Partial<Edge['transformations'][number]>

const edge = (from: number, to: number, how: How = { kind: 'DIRECT' }): Edge => ({
  ...{ from, to, indirect: how.kind !== 'DIRECT', jobs: [] },
  transformations: [{ kind: null, transformation: null, masking: false, description: null, wholeRow: false, ...how }],
})

/** An answer about the first column; columns are `<key>#<name>`, a row is `*`. */
function answer(
  columns: readonly string[],
  edges: readonly Edge[],
  { nodes = [], ...parts }: Partial<Omit<ColumnLineage, 'nodes'>> & { nodes?: readonly Partial<ColumnNode>[] } = {},
): ColumnLineage {
  const ends = columns.map((text) => text.split('#'))
  return {
    root: { key: ends[0]?.[0] ?? '', column: null },
    ...{ direction: 'both', depth: 3, wholeRow: false, asOf: null, knownAt: null, truncated: false, omitted: [] },
    ...{
      position: 't:0:1',
      lagMs: 0,
      completeness: { complete: true, missingRecords: 0, gaps: [] },
      edges: edges.slice(),
    },
    ...parts,
    nodes: ends.map(([key = '', name = ''], id) => ({
      ...{ id, key, column: name === '*' ? null : name, type: null, depth: id === 0 ? 0 : 1, readsItself: false },
      ...nodes[id],
    })),
  }
}

describe('a tree of columns', () => {
  it('has the upstream and downstream columns below a column, with how each is derived', () => {
    const hash = { kind: 'DIRECT', transformation: 'HASH', masking: true, description: 'sha256(id)' }
    const filter = { kind: 'INDIRECT', transformation: 'FILTER', wholeRow: true }
    const found = answer(
      ['s3://b#id', 's3://a#id', 's3://a#day', 's3://raw#id', 's3://c#*'],
      [edge(1, 0, hash), edge(2, 0, filter), edge(3, 1), edge(0, 4, { wholeRow: true })],
      { nodes: [{ type: 'int' }] },
    )
    expect(columnTree(found, plain)).toEqual([
      's3://b',
      'id int',
      '  ├← s3://a id  direct HASH masked: sha256(id)',
      '  │  └← s3://raw id  direct',
      '  └← s3://a day  indirect FILTER of the whole row',
      '  └→ s3://c (whole row)  indirect of the whole row',
    ])
  })

  it('has every column of an asset, and its whole row if anything decides on rows', () => {
    const columns = ['s3://b#*', 's3://b#x', 's3://b#y', 's3://a#x']
    const roots = { nodes: [{}, { depth: 0 }, { depth: 0, readsItself: true }] }
    expect(columnTree(answer(columns, [edge(3, 1)], roots), plain)).toEqual([
      ...['s3://b', 'x', '  └← s3://a x  direct', 'y (reads itself)'],
    ])
    expect(columnTree(answer(columns, [edge(3, 0, { kind: 'INDIRECT' })], roots), plain)).toEqual([
      ...['s3://b', '(whole row)', '  └← s3://a x  indirect', 'x  no column lineage', 'y (reads itself)'],
    ])
    expect(columnTree(answer(['s3://b#*'], []), plain)).toEqual(['s3://b', 'no columns'])
  })

  it('ends in a cycle, and counts what is left out', () => {
    const found = answer(['s3://b#x', 's3://a#x'], [edge(1, 0), edge(0, 1)], {
      ...{ direction: 'upstream', truncated: true, omitted: [{ id: 1, upstream: 2, downstream: 0 }] },
    })
    expect(columnTree(found, plain)).toEqual([
      ...['s3://b', 'x', '  └← s3://a x  direct', '     ├← s3://b x (↑ seen above)  direct', '     └← +2 more'],
      ...['', 'Cut at 2 columns; show more with --max-nodes'],
    ])
  })

  it('fits the width by cutting keys', () => {
    const long = `s3://${'x'.repeat(80)}`
    const lines = columnTree(answer(['s3://b#x', `${long}#column`], [edge(1, 0)]), { ...plain, width: 60 })
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(60)
    expect(lines.at(-1)).toMatch(/ column/)
  })
})
