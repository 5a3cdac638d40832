import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Edge } from '../../src/graph/lineage-answer.ts'
import { type EdgeLoader, type Traversal, traverse } from '../../src/graph/traverse.ts'

const edge = (from: string, to: string): Edge => ({ from, to, jobs: [] })

function loaderOf(edges: readonly Edge[]): EdgeLoader {
  const into = grouped(edges, 'to')
  const outOf = grouped(edges, 'from')
  return async (keys, direction) => keys.flatMap((key) => (direction === 'upstream' ? into : outOf).get(key) ?? [])
}

function grouped(edges: readonly Edge[], end: 'from' | 'to'): ReadonlyMap<string, readonly Edge[]> {
  const groups = new Map<string, Edge[]>()
  for (const each of edges) {
    const group = groups.get(each[end])
    if (group === undefined) groups.set(each[end], [each])
    else group.push(each)
  }
  return groups
}

const walk = (edges: readonly Edge[], parts: Partial<Traversal> = {}) =>
  traverse({ root: 'r', direction: 'upstream', depth: 10, maxNodes: 100, ...parts }, loaderOf(edges))

const depths = (nodes: readonly { key: string; depth: number }[]) =>
  Object.fromEntries(nodes.map(({ key, depth }) => [key, depth]))

describe('traverse', () => {
  it('counts depth by the shortest path, also at a depth limit', async () => {
    const diamond = [edge('a', 'r'), edge('b', 'a'), edge('c', 'b'), edge('c', 'r'), edge('d', 'c')]
    const answer = await walk(diamond, { depth: 2 })
    expect(depths(answer.nodes)).toEqual({ r: 0, a: 1, c: 1, b: 2, d: 2 })
  })

  it('ends in cycles and returns the edge that closes one', async () => {
    const answer = await walk([edge('a', 'r'), edge('r', 'a')])
    expect(answer.nodes).toHaveLength(2)
    expect(answer.edges.map(({ from, to }) => [from, to])).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  it('marks an asset that reads itself instead of returning a loop', async () => {
    const answer = await walk([edge('r', 'r'), edge('a', 'r')])
    expect(answer.nodes[0]).toMatchObject({ key: 'r', readsItself: true })
    expect(answer.edges).toHaveLength(1)
  })

  it('counts neighbours beyond the depth limit, and is not truncated', async () => {
    const answer = await walk([edge('a', 'r'), edge('b', 'a'), edge('c', 'a')], { depth: 1 })
    expect(answer).toMatchObject({ truncated: false, omitted: [{ id: 1, upstream: 2, downstream: 0 }] })
  })

  it('is truncated by maxNodes, and counts the omitted neighbours of each node', async () => {
    const many = Array.from({ length: 10 }, (_, index) => edge(`n${index}`, 'r'))
    const answer = await walk(many, { maxNodes: 4 })
    expect(answer.nodes.map(({ key }) => key)).toEqual(['r', 'n0', 'n1', 'n2'])
    expect(answer).toMatchObject({ truncated: true, omitted: [{ id: 0, upstream: 7, downstream: 0 }] })
  })

  it('walks both ways separately', async () => {
    const answer = await walk([edge('a', 'r'), edge('r', 'b'), edge('a', 'c'), edge('x', 'b')], { direction: 'both' })
    expect(depths(answer.nodes)).toEqual({ r: 0, a: 1, b: 1 })
  })

  it('returns only the root at depth 0', async () => {
    const answer = await walk([edge('a', 'r')], { depth: 0 })
    expect(answer.nodes.map(({ key }) => key)).toEqual(['r'])
    expect(answer.omitted).toEqual([{ id: 0, upstream: 1, downstream: 0 }])
  })

  it('reaches depth 1,000', async () => {
    const chain = Array.from({ length: 1_000 }, (_, index) => edge(`n${index + 1}`, index === 0 ? 'r' : `n${index}`))
    const answer = await walk(chain, { depth: 1_000, maxNodes: 2_000 })
    expect(answer.nodes.at(-1)).toMatchObject({ key: 'n1000', depth: 1_000 })
  })

  it('keeps the shortest path at the limit when a longer one comes first by name', async () => {
    const arms = [
      edge('a1', 'r'),
      edge('a2', 'a1'),
      edge('a3', 'a2'),
      edge('end', 'a3'),
      edge('z', 'r'),
      edge('end', 'z'),
    ]
    const answer = await walk([...arms, edge('behind', 'end')], { depth: 3 })
    expect(depths(answer.nodes)).toEqual({ r: 0, a1: 1, z: 1, a2: 2, end: 2, a3: 3, behind: 3 })
    expect(answer).toMatchObject({ truncated: false, omitted: [] })
  })

  it('returns the first neighbours of a hub of 100,000 by key, and counts the rest', async () => {
    const hub = Array.from({ length: 100_000 }, (_, index) => edge('r', `n${String(index).padStart(6, '0')}`))
    const answer = await walk(hub, { direction: 'downstream', maxNodes: 500 })
    expect(answer.nodes.at(-1)?.key).toBe('n000498')
    expect(answer).toMatchObject({ truncated: true, omitted: [{ id: 0, downstream: 99_501 }] })
    expect(answer.edges).toHaveLength(499)
  })

  it('walks through a hub', async () => {
    const hub = Array.from({ length: 20_000 }, (_, index) => edge(`n${index}`, 'hub'))
    const answer = await walk([edge('hub', 'r'), ...hub, edge('behind', 'n7')], { depth: 3, maxNodes: 30_000 })
    expect(answer.nodes).toHaveLength(20_003)
    expect(answer.nodes.at(-1)).toMatchObject({ key: 'behind', depth: 3 })
  })

  it('loads each asset once, however many cycles lead back to it', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `n${index}`)
    const all = keys.flatMap((from) => keys.map((to) => edge(from, to)))
    const asked: string[] = []
    const load = loaderOf(all)
    const search = { root: 'n0', direction: 'downstream', depth: 1_000, maxNodes: 1_000 } as const
    const answer = await traverse(search, (frontier, direction) => {
      asked.push(...frontier)
      return load(frontier, direction)
    })
    expect(asked.toSorted()).toEqual(keys.toSorted())
    expect(answer.edges).toHaveLength(30 * 29)
    expect(answer.nodes.every(({ readsItself }) => readsItself)).toBe(true)
  })

  it('finds the same nodes and distances as relaxing every edge', async () => {
    const keys = ['r', 'a', 'b', 'c', 'd', 'e', 'f']
    const edges = fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys)), {
      selector: ([from, to]) => `${from} ${to}`,
      maxLength: 20,
    })
    await fc.assert(
      fc.asyncProperty(edges, fc.nat(6), async (pairs, depth) => {
        const answer = await walk(
          pairs.map(([from, to]) => edge(from, to)),
          { depth },
        )
        const expected: Record<string, number> = { r: 0 }
        for (let round = 0; round < keys.length; round++) {
          for (const [from, to] of pairs) {
            const distance = (expected[to] ?? Number.POSITIVE_INFINITY) + 1
            if (distance < (expected[from] ?? Number.POSITIVE_INFINITY)) expected[from] = distance
          }
        }
        const within = Object.fromEntries(Object.entries(expected).filter(([, distance]) => distance <= depth))
        expect(depths(answer.nodes)).toEqual(within)
      }),
      { numRuns: 1_000 },
    )
  })
})
