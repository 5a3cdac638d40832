import { describe, expect, it } from 'vitest'
import { type ColumnLink, linksOf } from '../../src/graph/column-link.ts'
import { type ColumnWalk, walkColumns } from '../../src/graph/walk-columns.ts'

/** Ends are `<key>.<column>`, a whole row is `<key>.*`. */
function link(from: string, to: string, parts: Partial<ColumnLink> = {}): ColumnLink {
  const endOf = (text: string) => {
    const [key = '', column = ''] = text.split('.')
    return { key, column: column === '*' ? '' : column }
  }
  return {
    ...{ from: endOf(from), to: endOf(to), transformation: '', kind: 'DIRECT', masking: false, description: '' },
    by: { jobNamespace: 'n', jobName: 'j', runId: 'r', endedAt: 0 },
    ...parts,
  }
}

async function walk(links: readonly ColumnLink[], key: string, parts: Partial<ColumnWalk> = {}) {
  const graph = await walkColumns(
    { key, from: 'x', direction: 'both', depth: 9, maxNodes: 99, isThroughRows: false, ...parts },
    async (selected, direction) => linksOf(links, selected, direction),
  )
  const nameOf = (id: number) => `${graph.nodes[id]?.key}.${graph.nodes[id]?.column || '*'}`
  return {
    ...graph,
    names: graph.nodes.map(({ id }) => nameOf(id)),
    ends: graph.edges.map(({ from, to }) => `${nameOf(from)} > ${nameOf(to)}`).toSorted(),
  }
}

describe('walkColumns', () => {
  it('applies links of the whole row to each column that the walk starts from, marked', async () => {
    const { edges, ends } = await walk([link('a.x', 'b.x'), link('a.f', 'b.*')], 'b', { direction: 'upstream' })
    expect(ends).toEqual(['a.f > b.x', 'a.x > b.x'])
    expect(edges.map(({ transformations }) => transformations[0]?.wholeRow).toSorted()).toEqual([false, true])
  })

  it('counts a column as part of the whole row that is read', async () => {
    const links = [link('a.*', 'b.count'), link('a.y', 'b.y')]
    expect((await walk(links, 'a', { direction: 'downstream' })).ends).toEqual(['a.x > b.count'])
    expect((await walk(links, 'b', { from: 'count' })).ends).toEqual(['a.* > b.count'])
  })

  it('ends at whole rows, or continues with all columns of the asset', async () => {
    const links = [link('a.x', 'b.*'), link('b.y', 'c.y'), link('b.z', 'c.z'), link('b.*', 'd.*')]
    expect((await walk(links, 'a')).ends).toEqual(['a.x > b.*', 'b.* > d.*'])
    expect((await walk(links, 'a', { isThroughRows: true })).ends).toEqual([
      ...['a.x > b.*', 'b.* > c.y', 'b.* > c.z', 'b.* > d.*'],
    ])
  })

  it('starts from the whole row for all columns, and applies links of the row once', async () => {
    const links = [link('a.x', 'b.x'), link('a.f', 'b.*')]
    const { names, ends, nodes } = await walk(links, 'b', { from: ['x', 'y'] })
    expect(names).toEqual(['b.*', 'b.x', 'b.y', 'a.f', 'a.x'])
    expect(nodes.map(({ depth }) => depth)).toEqual([0, 0, 0, 1, 1])
    expect(ends).toEqual(['a.f > b.*', 'a.x > b.x'])
    expect(await walk(links, 'b', { from: ['x', 'y'], maxNodes: 2 })).toMatchObject({
      ...{ truncated: true, names: ['b.*', 'b.x'] },
    })
  })

  it('joins the links of one pair of columns, whichever way they were found', async () => {
    const links = [
      link('a.x', 'b.x', { transformation: 'SUM' }),
      link('a.x', 'b.x', { by: { jobNamespace: 'n', jobName: 'k', runId: 'r', endedAt: 1 } }),
      link('a.x', 'b.*', { kind: 'INDIRECT' }),
      link('b.x', 'a.x'),
    ]
    const { edges, ends } = await walk(links, 'a')
    expect(ends).toEqual(['a.x > b.*', 'a.x > b.x', 'b.x > a.x'])
    const [joined] = edges.filter(({ jobs }) => jobs.length > 1)
    expect(joined?.jobs.map(({ jobName }) => jobName)).toEqual(['j', 'k'])
    expect(
      joined?.transformations.map(({ kind, transformation, wholeRow }) => [kind, transformation, wholeRow]),
    ).toEqual([
      ['DIRECT', '', false],
      ['DIRECT', 'SUM', false],
      ['INDIRECT', '', true],
    ])
  })

  it('marks a column that is made from itself, and counts omitted neighbours', async () => {
    const links = [link('a.x', 'a.x'), link('b.x', 'a.x'), link('b.y', 'a.x')]
    expect(await walk(links, 'a', { depth: 0 })).toMatchObject({
      ...{ nodes: [{ readsItself: true }], edges: [], omitted: [{ id: 0, upstream: 2, downstream: 0 }] },
    })
  })
})
