import { EventLog } from '@headwater/lineage'
import { describe, expect, it } from 'vitest'
import { expectedAnswer } from '../../../src/chaos/questions/expected-answer.ts'
import type { MomentQuestion } from '../../../src/chaos/questions/question.ts'
import { referenceView } from '../../../src/chaos/questions/reference-view.ts'
import { buildAssetEvent, buildMaterialization, noon } from '../../../src/events/build-event.ts'

const run = (runId: string, second: number, state: 'SUCCEEDED' | 'FAILED', ...inputs: readonly string[]) => ({
  event: buildMaterialization({ runId, state, inputs, outputs: ['s3://b'], occurredAt: noon + second * 1_000 }),
  recordedAt: noon + second * 1_000,
})
const events = [
  run('r1', 1, 'SUCCEEDED', 's3://a'),
  run('r2', 2, 'FAILED', 's3://a', 's3://c'),
  run('r3', 3, 'SUCCEEDED', 's3://a', 's3://b'),
  { event: buildAssetEvent({ key: 's3://b', change: 'DROPPED', occurredAt: noon + 4_000 }), recordedAt: noon + 4_000 },
]
const log = new EventLog(events)
const answer = (question: MomentQuestion) =>
  expectedAnswer(question, referenceView(log, events, question.moment), noon + 10_000)

describe('The expected answer', () => {
  it('to a question of lineage has nodes, edges and their evidence', () => {
    const moment = { asOf: noon + 3_000 }
    expect(
      answer({ kind: 'lineage', moment, root: 's3://b', edges: 'current', direction: 'upstream', depth: 5 }),
    ).toEqual({
      nodes: [
        { key: 's3://a', depth: 1, readsItself: false },
        { key: 's3://b', depth: 0, readsItself: true },
      ],
      edges: [
        {
          from: 's3://a',
          to: 's3://b',
          jobs: [
            {
              ...{ jobNamespace: 'test', jobName: 'load', runId: 'r3', assertion: 'run', runs: 2, failedRuns: 1 },
              ...{ firstSeen: noon + 1_000, lastSeen: noon + 3_000, current: true },
            },
          ],
        },
      ],
    })
  })

  it('to a question of an asset counts its runs by state, and knows that it is dropped', () => {
    expect(answer({ kind: 'card', moment: {}, key: 's3://b' })).toMatchObject({
      degree: { upstream: 0, downstream: 0 },
      materializations: { SUCCEEDED: 2, FAILED: 1 },
      dropped: true,
      droppedAt: noon + 4_000,
      lastSuccess: { runId: 'r3', endedAt: noon + 3_000 },
    })
  })

  it('to a question of materializations lists them, the latest first', () => {
    const { items } = answer({ kind: 'materializations', moment: { knownAt: noon + 2_000 }, key: 's3://b' }) as {
      items: { runId: string; inputs: string[] }[]
    }
    expect(items.map(({ runId, inputs }) => [runId, inputs])).toEqual([
      ['r2', ['s3://a', 's3://c']],
      ['r1', ['s3://a']],
    ])
  })

  it('is that an asset is not known where no event that counts names it', () => {
    expect(answer({ kind: 'card', moment: { asOf: noon + 1_000 }, key: 's3://c' })).toBe('not found')
    expect(answer({ kind: 'card', moment: {}, key: 's3://c' })).not.toBe('not found')
  })
})
