import { describe, expect, it } from 'vitest'
import { FoldingRate } from '../../src/replay/folding-rate.ts'

describe('a pace', () => {
  it('is that of the last seconds; in all it is from when something was folded first to when it was last', () => {
    const pace = new FoldingRate()
    expect([pace.lately, pace.overall]).toEqual([0, 0])
    for (let second = 0; second <= 3; second++) pace.note(0, second * 1_000)
    for (let second = 4; second <= 13; second++) pace.note((second - 3) * 100, second * 1_000)
    for (let second = 14; second <= 20; second++) pace.note(1_000 + (second - 13) * 10, second * 1_000)
    expect(pace.lately).toBe(10)
    for (let second = 21; second <= 30; second++) pace.note(1_070, second * 1_000)
    expect(pace.lately).toBe(0)
    expect(pace.overall).toBeCloseTo(1_070 / 17, 5)
  })
})
