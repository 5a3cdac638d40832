import { expect, test } from 'vitest'
import { lineageTree } from '../src/lineage-tree.ts'

const lineage = (edges: readonly (readonly [from: string, to: string])[], failed: readonly string[] = []) => {
  const keys = [...new Set(edges.flatMap(([from, to]) => [to, from]))]
  return {
    nodes: keys.map((key, id) => ({ id, key, depth: 0, health: failed.includes(key) ? 'FAILED' : 'HEALTHY' })),
    edges: edges.map(([from, to]) => ({ from: keys.indexOf(from), to: keys.indexOf(to) })),
  }
}

test('upstreams are indented below what is made from them', () => {
  const tree = lineageTree(
    lineage([
      ['s3://b', 's3://a'],
      ['s3://c', 's3://b'],
      ['s3://d', 's3://a'],
    ]),
  )
  expect(tree).toEqual(['s3://a', '├─ s3://b', '│  └─ s3://c', '└─ s3://d'])
})

test('the branches of a shared asset are shown once', () => {
  const tree = lineageTree(
    lineage([
      ['s3://b', 's3://a'],
      ['s3://c', 's3://a'],
      ['s3://raw', 's3://b'],
      ['s3://raw', 's3://c'],
      ['s3://file', 's3://raw'],
    ]),
  )
  expect(tree).toEqual(['s3://a', '├─ s3://b', '│  └─ s3://raw', '│     └─ s3://file', '└─ s3://c', '   └─ s3://raw …'])
})

test('similar neighbours in one directory share a line', () => {
  const parts = ['1', '2', '3', '4'].map((part) => `s3://parts/${part}`)
  const edges = parts.flatMap((part) => [[part, 's3://whole'] as const, ['s3://raw', part] as const])
  expect(lineageTree(lineage(edges))).toEqual(['s3://whole', '└─ s3://parts/1 and 3 similar', '   └─ s3://raw'])
})

test('an asset whose latest run failed is marked', () => {
  expect(lineageTree(lineage([['s3://b', 's3://a']], ['s3://b']))).toEqual(['s3://a', '└─ s3://b (FAILED)'])
})

test('a cycle ends', () => {
  const cycle = lineage([
    ['s3://b', 's3://a'],
    ['s3://a', 's3://b'],
  ])
  expect(lineageTree(cycle)).toEqual(['s3://a', '└─ s3://b', '   └─ s3://a …'])
})
