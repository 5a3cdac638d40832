import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergeInSlices, sortInSlices } from '../../../src/identity/aliases/sort-in-slices.ts'

function endOf<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
  }
}

const byNumber = (a: number, b: number) => a - b
const numbers = fc
  .tuple(fc.constantFrom(0, 1, 40, 3_000), fc.array(fc.nat(9_999), { minLength: 1, maxLength: 20 }))
  .map(([length, seed]) => Array.from({ length }, (_, at) => ((seed[at % seed.length] ?? 0) * (at + 1)) % 10_007))

it('sorts lists, and merges sorted lists', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const [left, right] = [endOf(sortInSlices(a, byNumber)), endOf(sortInSlices(b, byNumber))]
      expect(left).toEqual(a.toSorted(byNumber))
      expect(endOf(mergeInSlices(left, right, byNumber))).toEqual([...a, ...b].sort(byNumber))
    }),
    { numRuns: 30 },
  )
})
