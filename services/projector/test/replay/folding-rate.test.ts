import { describe, expect, it } from 'vitest'
import { FoldingRate } from '../../src/replay/folding-rate.ts'

describe('the folding rate', () => {
  it('is recent over the last seconds, and its time goes from the first folded event to the last', () => {
    const rate = new FoldingRate()
    expect([rate.recent, rate.foldingMs]).toEqual([0, 0])
    for (let second = 0; second <= 3; second++) rate.add(0, second * 1_000)
    for (let second = 4; second <= 13; second++) rate.add((second - 3) * 100, second * 1_000)
    for (let second = 14; second <= 20; second++) rate.add(1_000 + (second - 13) * 10, second * 1_000)
    expect(rate.recent).toBe(10)
    for (let second = 21; second <= 30; second++) rate.add(1_070, second * 1_000)
    expect(rate.recent).toBe(0)
    expect(rate.foldingMs).toBe(17_000)
  })
})
