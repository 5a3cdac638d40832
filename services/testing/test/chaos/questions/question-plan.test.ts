import { describe, expect, it } from 'vitest'
import { questionPlan } from '../../../src/chaos/questions/question-plan.ts'
import { SeededRandom } from '../../../src/chaos/seeded-random.ts'
import { buildMaterialization, noon } from '../../../src/events/build-event.ts'

const events = Array.from({ length: 50 }, (_, index) => ({
  event: buildMaterialization({ occurredAt: noon + index * 1_000 }),
  recordedAt: noon + index * 1_000 + 500,
}))
const assets = ['s3://a', 's3://b', 's3://c']
const plan = (count: number, seed = 1) => questionPlan({ random: new SeededRandom(seed), count, assets, events })

describe('The plan of questions', () => {
  it('has as many as wanted, of every kind, and is the same again for the same seed', () => {
    for (const count of [1, 7, 200, 1_000]) {
      expect(plan(count).flatMap<unknown>(({ questions }) => questions)).toHaveLength(count)
    }
    const kinds = plan(200).flatMap(({ questions }) => questions.map(({ kind }) => kind))
    expect(new Set(kinds)).toEqual(new Set(['lineage', 'paths', 'card', 'materializations', 'diff']))
    expect(plan(200)).toEqual(plan(200))
  })

  it('asks of now, of event time, of recorded time, and of both', () => {
    const moments = plan(1_000).flatMap((group) => ('moment' in group ? [Object.keys(group.moment).join()] : []))
    expect(new Set(moments)).toEqual(new Set(['', 'asOf', 'knownAt', 'asOf,knownAt']))
  })
})
