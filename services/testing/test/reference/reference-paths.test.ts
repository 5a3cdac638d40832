import { foldReference } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { graphOf, recorded, run } from './scene.ts'

describe('Reference paths', () => {
  it('are sorted by length and then by keys, at most `limit`', () => {
    const graph = graphOf('a>z', 'a>c', 'c>z', 'a>b', 'b>z', 'b>c', 'c>b')
    const all = [
      ['a', 'z'],
      ['a', 'b', 'z'],
      ['a', 'c', 'z'],
      ['a', 'b', 'c', 'z'],
      ['a', 'c', 'b', 'z'],
    ]
    expect(graph.paths('a', 'z', 10)).toEqual(all)
    expect(graph.paths('a', 'z', 3)).toEqual(all.slice(0, 3))
    expect(graph.paths('a', 'z', 0)).toEqual([])
  })

  it('count a pair once for all its jobs', () => {
    const other = { namespace: 'test', name: 'other', type: null }
    const graph = foldReference(
      recorded(
        run('r1', 1, { inputs: ['a'], outputs: ['b'] }),
        run('r2', 1, { job: other, inputs: ['a'], outputs: ['b'] }),
      ),
    )
    expect(graph.paths('a', 'b', 10)).toEqual([['a', 'b']])
  })

  it('do not go against edges, through a loop, or from an asset to itself', () => {
    const graph = graphOf('a>a', 'a>b', 'b>a')
    expect(graph.paths('a', 'b', 10)).toEqual([['a', 'b']])
    expect(graph.paths('a', 'a', 10)).toEqual([])
    expect(graph.paths('a', 'unknown', 10)).toEqual([])
    expect(graphOf('a>b').paths('b', 'a', 10)).toEqual([])
  })
})
