import { describe, expect, it } from 'vitest'
import { faultKinds, faultPlan } from '../../../src/chaos/faults/fault-plan.ts'
import { SeededRandom } from '../../../src/chaos/seeded-random.ts'

const options = { pause: { least: 100, most: 200 }, sessionTimeoutMs: 6_000 }
const plan = (seed: number, rounds: number) => [...faultPlan({ ...options, random: new SeededRandom(seed), rounds })]

describe('The plan of faults', () => {
  it('has every kind once a round, and is the same again for the same seed', () => {
    const faults = plan(1, 3)
    expect(faults).toEqual(plan(1, 3))
    for (const round of [0, 1, 2]) {
      const kinds = faults.slice(round * faultKinds.length, (round + 1) * faultKinds.length).map(({ kind }) => kind)
      expect(new Set(kinds)).toEqual(new Set(faultKinds))
    }
  })

  it('freezes projectors for longer than their session lasts', () => {
    const frozen = plan(1, 20).filter(({ parts }) => parts.includes('projector frozen'))
    expect(Math.min(...frozen.map(({ holdMs }) => holdMs))).toBeGreaterThan(6_000)
  })

  it('pauses between faults as it is told to', () => {
    const pauses = plan(1, 20).map(({ afterMs }) => afterMs)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(200)
  })
})
