import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../src/chaos/seeded-random.ts'

const numbers = (random: SeededRandom) => Array.from({ length: 1_000 }, () => random.next())

describe('Seeded random numbers', () => {
  it('are the same again for the same seed and purpose, and others for others', () => {
    expect(numbers(new SeededRandom(7, 'load'))).toEqual(numbers(new SeededRandom(7, 'load')))
    expect(numbers(new SeededRandom(7, 'load'))).not.toEqual(numbers(new SeededRandom(8, 'load')))
    expect(numbers(new SeededRandom(7, 'load'))).not.toEqual(numbers(new SeededRandom(7, 'faults')))
  })

  it('lie between 0 and 1, evenly', () => {
    const drawn = numbers(new SeededRandom(1))
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThan(1)
    expect(drawn.filter((number) => number < 0.5).length).toBeGreaterThan(400)
    expect(drawn.filter((number) => number < 0.5).length).toBeLessThan(600)
  })

  it('choose among what there is', () => {
    const random = new SeededRandom(1)
    expect(new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']))
    expect([...random.shuffled([1, 2, 3, 4])].sort()).toEqual([1, 2, 3, 4])
    expect(random.some([1, 2], 5)).toHaveLength(2)
    expect(() => random.pick([])).toThrow(RangeError)
  })
})
