import { expect, it } from 'vitest'
import { DeadLetters } from '../../../src/dlq/letters/fold-dead-letters.ts'
import { letterChunks } from '../../../src/dlq/resolving/letter-chunks.ts'
import { refusal } from '../letter-records.ts'

const letters = (sizes: readonly number[]) => {
  const folded = new DeadLetters()
  for (const [index, size] of sizes.entries()) {
    folded.add({ ...refusal(`t:0:${sizes.length - index}`), value: Buffer.alloc(size) })
  }
  return folded.all()
}
const sizes = (given: readonly number[]) => letterChunks(letters(given)).map((chunk) => chunk.map(({ size }) => size))

it('splits letters by number and bytes, with a large one in a chunk of its own', () => {
  expect(sizes([])).toEqual([])
  expect(sizes([1, 2, 3])).toEqual([[1, 2, 3]])
  expect(sizes([10, 900_000, 20, 30])).toEqual([[10], [900_000], [20, 30]])
  expect(sizes([300_000, 200_000, 100_000])).toEqual([[300_000, 200_000], [100_000]])
  expect(sizes(Array.from({ length: 1_001 }, () => 1)).map(({ length }) => length)).toEqual([500, 500, 1])
})
