import { foldReference } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { arrows, at, graphOf, recorded, run } from './scene.ts'

describe('Reference lineage', () => {
  const diamond = graphOf('a>b', 'a>c', 'b>d', 'c>d', 'a>d', 'd>e', 'z>e')

  it('gives each node its shortest distance', () => {
    const { depths, edges } = diamond.lineage('e', { direction: 'upstream' })
    expect(Object.fromEntries(depths)).toEqual({ e: 0, d: 1, z: 1, a: 2, b: 2, c: 2 })
    expect(arrows(edges)).toEqual(['a>b', 'a>c', 'a>d', 'b>d', 'c>d', 'd>e', 'z>e'])
  })

  it('walks no farther than the depth, and has all edges between the nodes found', () => {
    const { depths, edges } = diamond.lineage('a', { direction: 'downstream', depth: 1 })
    expect(Object.fromEntries(depths)).toEqual({ a: 0, b: 1, c: 1, d: 1 })
    expect(arrows(edges)).toEqual(['a>b', 'a>c', 'a>d', 'b>d', 'c>d'])
    expect([...diamond.lineage('a', { direction: 'both', depth: 0 }).depths]).toEqual([['a', 0]])
  })

  it('walks both ways separately', () => {
    const { depths, edges } = diamond.lineage('d', { direction: 'both' })
    expect(Object.fromEntries(depths)).toEqual({ d: 0, a: 1, b: 1, c: 1, e: 1 })
    expect(arrows(edges)).toEqual(['a>b', 'a>c', 'a>d', 'b>d', 'c>d', 'd>e'])
  })

  it('has the lesser of two distances in a cycle', () => {
    const { depths, edges } = graphOf('a>b', 'b>c', 'c>a').lineage('a', { direction: 'both' })
    expect(Object.fromEntries(depths)).toEqual({ a: 0, b: 1, c: 1 })
    expect(arrows(edges)).toEqual(['a>b', 'b>c', 'c>a'])
  })

  it('leaves out an edge that bypasses the root', () => {
    const { edges } = graphOf('u>r', 'r>w', 'u>w').lineage('r', { direction: 'both' })
    expect(arrows(edges)).toEqual(['r>w', 'u>r'])
  })

  it('joins the two walks where one has an edge into a node of the other', () => {
    const { depths, edges } = graphOf('u>r', 'r>w', 'w>u').lineage('r', { direction: 'both', depth: 1 })
    expect(Object.fromEntries(depths)).toEqual({ r: 0, u: 1, w: 1 })
    expect(arrows(edges)).toEqual(['r>w', 'u>r', 'w>u'])
  })

  it('marks an asset that reads itself, without a loop', () => {
    const { depths, readsItself, edges } = graphOf('a>a', 'a>b', 'c>c').lineage('b', { direction: 'upstream' })
    expect(Object.fromEntries(depths)).toEqual({ b: 0, a: 1 })
    expect([...readsItself]).toEqual(['a'])
    expect(arrows(edges)).toEqual(['a>b'])
  })

  it('has only the root where no edge leads to it, known or not', () => {
    const { depths, edges } = diamond.lineage('unknown', { direction: 'both' })
    expect([...depths]).toEqual([['unknown', 0]])
    expect(edges).toEqual([])
  })

  it('walks the edges of the given mode', () => {
    const graph = foldReference(
      recorded(run('r1', 1, { inputs: ['a'], outputs: ['x'] }), run('r2', 3, { inputs: ['b'], outputs: ['x'] })),
    )
    const upstreamOf = (edges: Parameters<typeof graph.edges>[0]) =>
      arrows(graph.lineage('x', { direction: 'upstream', ...(edges && { edges }) }).edges)
    expect(upstreamOf(undefined)).toEqual(['b>x'])
    expect(upstreamOf('ever')).toEqual(['a>x', 'b>x'])
    expect(upstreamOf({ seenSince: at(2) })).toEqual(['b>x'])
  })
})
