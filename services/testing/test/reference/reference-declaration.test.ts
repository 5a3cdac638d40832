import type { RecordedEvent } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { buildJobEvent, foldReference, referenceDiff } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { arrows, at, drop, recorded, run } from './scene.ts'

const declare = (second: number, ...links: readonly string[]) =>
  buildJobEvent({
    job: 'load',
    occurredAt: at(second),
    lineage: links.map((link) => {
      const [input = '', output = ''] = link.split('>')
      return { output, inputs: [input] }
    }),
  })
const withdraw = (second: number) => buildJobEvent({ job: 'load', occurredAt: at(second), removed: ['lineage'] })
const edges = (...events: readonly HeadwaterEvent[]) => foldReference(recorded(...events)).edges('current')
const causes = (records: readonly RecordedEvent[], from: number, to: number) => {
  const { added, removed } = referenceDiff(records, at(from), at(to))
  return [...added.map(({ cause }) => ['+', cause]), ...removed.map(({ cause }) => ['-', cause])]
}

describe('A declared edge', () => {
  it('exists while no success of the job has written the asset', () => {
    const failed = run('r1', 2, { state: 'FAILED', inputs: ['a'], outputs: ['b'] })
    expect(edges(declare(1, 'a>b', 'a>c'), failed, run('r2', 3, { inputs: ['x'], outputs: ['c'] }))).toMatchObject([
      {
        from: 'a',
        to: 'b',
        assertion: 'declared',
        runId: '',
        runs: 0,
        failedRuns: 1,
        firstSeen: at(1),
        lastSeen: at(1),
      },
      { from: 'x', to: 'c', assertion: 'run' },
    ])
  })

  it('is current by the last declaration, and in `ever` by any', () => {
    const events = [declare(1, 'a>b'), declare(3, 'x>b'), declare(2, 'a>b')]
    expect(arrows(edges(...events))).toEqual(['x>b'])
    expect(foldReference(recorded(...events)).edges('ever')).toMatchObject([
      { from: 'a', firstSeen: at(1), lastSeen: at(2), isCurrent: false },
      { from: 'x', isCurrent: true },
    ])
    expect(edges(...events, withdraw(4))).toEqual([])
  })

  it('is not current while an end is dropped', () => {
    expect(edges(declare(1, 'a>b'), drop('a', 2))).toEqual([])
  })

  it('is a cause of changes, unless a run explains them', () => {
    expect(causes(recorded(declare(2, 'a>b')), 1, 9)).toEqual([['+', { kind: 'declared', at: at(2) }]])
    expect(causes(recorded(declare(1, 'a>b'), withdraw(3)), 2, 9)).toEqual([['-', { kind: 'undeclared', at: at(3) }]])
    const wrote = run('r1', 3, { outputs: ['b'] })
    expect(causes(recorded(declare(1, 'a>b'), wrote), 2, 9)).toMatchObject([['-', { kind: 'run', runId: 'r1' }]])
    const failed = run('r1', 5, { state: 'FAILED', outputs: ['b'] })
    expect(causes(recorded(declare(1, 'a>b'), wrote, failed), 4, 9)).toMatchObject([
      ['+', { kind: 'run', runId: 'r1', at: at(5) }],
    ])
    expect(causes(recorded(declare(6, 'a>b'), wrote, failed), 4, 9)).toEqual([['+', { kind: 'declared', at: at(6) }]])
  })
})
