import { expect, it } from 'vitest'
import { treeRows } from '../../src/graph/tree-rows.ts'

const rowsOf = (branches: Readonly<Record<number, readonly number[]>>, drawn?: Set<number>) =>
  treeRows(
    0,
    (id) => branches[id] ?? [],
    (id) => (id < 0 ? undefined : id),
    drawn,
  ).map(
    ({ branch, guides, isLast, isRepeated }) => `${guides}${isLast ? '└' : '├'} ${branch}${isRepeated ? ' again' : ''}`,
  )

it('lays out branches depth first, each below its node', () => {
  expect(rowsOf({ 0: [1, 3], 1: [2], 3: [4] })).toEqual(['├ 1', '│  └ 2', '└ 3', '   └ 4'])
})

it('draws the branches of a node once, also in a cycle and across calls', () => {
  expect(rowsOf({ 0: [1, 2], 1: [2], 2: [0] })).toEqual(['├ 1', '│  └ 2', '│     └ 0 again', '└ 2 again'])
  expect(rowsOf({ 0: [1], 1: [2] }, new Set([1]))).toEqual(['└ 1 again'])
})

it('ends at a branch that leads nowhere', () => expect(rowsOf({ 0: [1, -5] })).toEqual(['├ 1', '└ -5']))
