import { expect, test } from 'vitest'
import { inLanes } from '../../../src/transports/openlineage/in-lanes.ts'

test('items of one key are processed one after the other, other keys meanwhile, never more than allowed', async () => {
  const underWay: string[] = []
  const seen: { readonly item: string; readonly beside: readonly string[] }[] = []
  const items = ['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'd1']
  await inLanes(
    items,
    (item) => item.charAt(0),
    2,
    async (item) => {
      seen.push({ item, beside: [...underWay] })
      underWay.push(item)
      await new Promise(setImmediate)
      underWay.splice(underWay.indexOf(item), 1)
    },
  )
  expect(seen.map(({ item }) => item).toSorted()).toEqual(items.toSorted())
  for (const key of 'ab') {
    const ofKey = seen.map(({ item }) => item).filter((item) => item.startsWith(key))
    expect(ofKey).toEqual(ofKey.toSorted())
  }
  expect(Math.max(...seen.map(({ beside }) => beside.length))).toBe(1)
  for (const { item, beside } of seen) expect(beside.map((other) => other.charAt(0))).not.toContain(item.charAt(0))
})

test('after a failure no further item is started, and the first failure is thrown', async () => {
  const begun: number[] = []
  const work = async (item: number) => {
    begun.push(item)
    await Promise.resolve()
    if (item === 2) throw new Error('the first')
    if (item > 2) throw new Error('a later one')
  }
  await expect(inLanes([1, 2, 3, 4, 5, 6], String, 3, work)).rejects.toThrow('the first')
  expect(begun.length).toBeLessThan(6)
})

test('an empty list resolves', async () => {
  await expect(inLanes([], String, 3, () => Promise.reject(new Error('never')))).resolves.toBeUndefined()
})
