import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPaths, type PathSearch } from '../../src/graph/find-paths.ts'
import type { Edge } from '../../src/graph/lineage-answer.ts'

const edge = (from: string, to: string): Edge => ({ from, to, jobs: [] })

const search = (edges: readonly Edge[], parts: Partial<PathSearch> = {}) =>
  findPaths({ from: 'a', to: 'z', limit: 10, depth: 100, maxNodes: 10_000, ...parts }, async (keys) =>
    edges.filter(({ to }) => keys.includes(to)),
  )

const joined = (paths: readonly (readonly string[])[]) => paths.map((path) => path.join(''))

describe('findPaths', () => {
  it('finds the shortest paths first, then by key, and their edges', async () => {
    const edges = [
      edge('a', 'z'),
      edge('a', 'c'),
      edge('c', 'z'),
      edge('a', 'b'),
      edge('b', 'z'),
      edge('b', 'c'),
      edge('x', 'z'),
    ]
    const answer = await search(edges)
    expect(joined(answer.paths)).toEqual(['az', 'abz', 'acz', 'abcz'])
    expect(answer.edges).toHaveLength(6)
    expect(answer).toMatchObject({ more: false, truncated: false })
  })

  it('visits no asset twice, also in cycles', async () => {
    const edges = [edge('a', 'b'), edge('b', 'a'), edge('b', 'b'), edge('b', 'z'), edge('z', 'b'), edge('z', 'a')]
    expect(joined((await search(edges)).paths)).toEqual(['abz'])
  })

  it('finds no path against the flow, between unconnected assets, or from an asset to itself', async () => {
    expect((await search([edge('z', 'a')])).paths).toEqual([])
    expect((await search([edge('b', 'z')])).paths).toEqual([])
    expect((await search([edge('a', 'z'), edge('z', 'a')], { from: 'z' })).paths).toEqual([])
  })

  it('returns at most `limit` paths, and whether there are more', async () => {
    const layers = Array.from({ length: 12 }, (_, layer) => [`${layer}p`, `${layer}q`])
    const edges = [
      ...layers[0]!.map((key) => edge('a', key)),
      ...layers.slice(1).flatMap((layer, index) => layers[index]!.flatMap((from) => layer.map((to) => edge(from, to)))),
      ...layers.at(-1)!.map((key) => edge(key, 'z')),
    ]
    const answer = await search(edges, { limit: 3 })
    expect(answer.paths).toHaveLength(3)
    expect(answer).toMatchObject({ more: true, truncated: false })
    expect((await search(edges, { limit: 4_096 })).more).toBe(false)
  })

  it('is truncated where depth or maxNodes ended the search', async () => {
    const chain = [edge('a', 'b'), edge('b', 'c'), edge('c', 'z')]
    expect(await search(chain, { depth: 2 })).toMatchObject({ paths: [], truncated: true })
    const wide = Array.from({ length: 20 }, (_, index) => edge(`n${index}`, 'z'))
    expect(await search([...wide, edge('a', 'n9')], { maxNodes: 5 })).toMatchObject({ paths: [], truncated: true })
    expect(await search(chain, { depth: 3 })).toMatchObject({ truncated: false, more: false })
  })

  it('finds a path of 1,000 assets', async () => {
    const keys = ['a', ...Array.from({ length: 999 }, (_, index) => `n${index}`), 'z']
    const into = new Map(keys.slice(1).map((key, index) => [key, edge(keys[index] ?? '', key)]))
    const whole = { from: 'a', to: 'z', limit: 5, depth: 1_000, maxNodes: 10_000 }
    const answer = await findPaths(whole, async (asked) => asked.flatMap((key) => into.get(key) ?? []))
    expect(answer.paths).toEqual([keys])
  })

  it('ends soon in a knot of cycles that leads nowhere', { timeout: 10_000 }, async () => {
    const knot = Array.from({ length: 500 }, (_, index) => `n${index}`)
    const edges = knot.flatMap((one) => [edge('x', one), edge(one, 'x'), ...knot.map((other) => edge(one, other))])
    const answer = await search([edge('a', 'x'), ...edges, edge('x', 'z')])
    expect(answer).toMatchObject({ paths: [['a', 'x', 'z']], more: true, truncated: false })
  })

  it('finds the paths that an exhaustive search finds', async () => {
    const keys = ['a', 'b', 'c', 'd', 'z']
    const edges = fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...keys)), { selector: String })
    await fc.assert(
      fc.asyncProperty(edges, fc.integer({ min: 1, max: 20 }), async (pairs, limit) => {
        const all = everyPath(new Set(pairs.map(String)), ['a'])
        all.sort((one, other) => one.length - other.length || (one.join() < other.join() ? -1 : 1))
        const answer = await search(
          pairs.map(([from, to]) => edge(from, to)),
          { limit },
        )
        expect(joined(answer.paths)).toEqual(joined(all.slice(0, limit)))
        expect(answer.more).toBe(all.length > limit)
      }),
      { numRuns: 2_000 },
    )
    function everyPath(links: ReadonlySet<string>, path: readonly string[]): string[][] {
      const last = path.at(-1) ?? ''
      if (last === 'z') return [[...path]]
      const next = keys.filter((key) => links.has(`${last},${key}`) && !path.includes(key))
      return next.flatMap((key) => everyPath(links, [...path, key]))
    }
  })
})
