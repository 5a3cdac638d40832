import { EventLog } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { foldReference } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { arrows, at, drop, recorded, run } from './scene.ts'

const load = { jobNamespace: 'test', jobName: 'load' }

describe('A run', () => {
  it('has the inputs and outputs of all its events', () => {
    const graph = foldReference(
      recorded(
        run('r', 1, { state: 'STARTED', inputs: ['a'] }),
        run('r', 2, { inputs: ['b'], outputs: ['x'] }),
        run('r', 3, { state: 'UNKNOWN', inputs: ['c'], outputs: ['y'] }),
      ),
    )
    expect(arrows(graph.edges())).toEqual(['a>x', 'a>y', 'b>x', 'b>y', 'c>x', 'c>y'])
    expect(graph.edges().map(({ assertion }) => assertion)).toEqual(Array(6).fill('run'))
  })

  it('prefers inputs reported for an output, united over its events', () => {
    const graph = foldReference(
      recorded(
        run('r', 1, { inputs: ['a'], outputs: ['x', { key: 'y', inputs: ['b'] }, { key: 'z', inputs: [] }] }),
        run('r', 2, { inputs: ['d'], outputs: [{ key: 'y', inputs: ['c'] }, 'y', 'z'] }),
      ),
    )
    expect(graph.edges()).toMatchObject([
      { from: 'a', to: 'x', assertion: 'run' },
      { from: 'b', to: 'y', assertion: 'explicit' },
      { from: 'c', to: 'y', assertion: 'explicit' },
      { from: 'd', to: 'x', assertion: 'run' },
    ])
  })

  it('is a different run for each job with the same run id', () => {
    const other = { namespace: 'test', name: 'other', type: null }
    const graph = foldReference(
      recorded(
        run('r', 1, { inputs: ['a'], outputs: ['x'] }),
        run('r', 2, { job: other, state: 'FAILED', inputs: ['b'], outputs: ['x'] }),
      ),
    )
    expect(arrows(graph.edges('ever'))).toEqual(['a>x'])
  })
})

describe('The current graph', () => {
  it('has the edges of the latest success, by its end and then by run id', () => {
    const first = run('r9', 1, { inputs: ['a'], outputs: ['x'] })
    const second = run('r1', 2, { inputs: ['b'], outputs: ['x'] })
    const tied = run('r2', 2, { inputs: ['c'], outputs: ['x'] })
    expect(arrows(foldReference(recorded(second, first)).edges())).toEqual(['b>x'])
    expect(arrows(foldReference(recorded(tied, second, first)).edges())).toEqual(['c>x'])
  })

  it('unites the jobs that write an asset, and keeps edges of outputs that a later run did not write', () => {
    const other = { namespace: 'test', name: 'other', type: null }
    const graph = foldReference(
      recorded(
        run('r1', 1, { inputs: ['a'], outputs: ['x', 'y'] }),
        run('r2', 2, { inputs: ['b'], outputs: ['y'] }),
        run('r3', 3, { job: other, inputs: ['c'], outputs: ['x'] }),
      ),
    )
    expect(arrows(graph.edges())).toEqual(['a>x', 'b>y', 'c>x'])
  })

  it('loses no edge by a failed run, and an edge by a success that no longer reads it', () => {
    const first = run('r1', 1, { inputs: ['a'], outputs: ['x'] })
    const failed = run('r2', 2, { state: 'FAILED', outputs: ['x'] })
    const silent = run('r3', 3, { outputs: ['x'] })
    expect(arrows(foldReference(recorded(first, failed)).edges())).toEqual(['a>x'])
    const graph = foldReference(recorded(first, failed, silent))
    expect(arrows(graph.edges())).toEqual([])
    expect(arrows(graph.edges('ever'))).toEqual(['a>x'])
  })

  it('hides a dropped asset until a success ends at or after the drop', () => {
    const written = run('r1', 1, { inputs: ['a'], outputs: ['x'] })
    const edgesOf = (...events: readonly HeadwaterEvent[]) => arrows(foldReference(recorded(...events)).edges())
    expect(edgesOf(written, drop('x', 2))).toEqual([])
    expect(edgesOf(written, drop('x', 1))).toEqual(['a>x'])
    expect(edgesOf(written, drop('a', 0))).toEqual([])
    expect(edgesOf(written, drop('x', 2), run('r2', 2, { inputs: ['b'], outputs: ['x'] }))).toEqual(['b>x'])
    const byAnother = { job: { namespace: 'test', name: 'other', type: null }, outputs: ['x'] }
    expect(edgesOf(written, drop('x', 2), run('r2', 3, byAnother))).toEqual(['a>x'])
    expect(edgesOf(written, drop('x', 2), run('r2', 3, { ...byAnother, state: 'FAILED' }))).toEqual([])
  })

  it('has an edge from an asset to itself', () => {
    expect(arrows(foldReference(recorded(run('r', 1, { inputs: ['x'], outputs: ['x'] }))).edges())).toEqual(['x>x'])
  })
})

describe('Past edges', () => {
  it('are chosen by the latest success that asserted them, dropped or not', () => {
    const graph = foldReference(
      recorded(
        run('r1', 1, { inputs: ['a'], outputs: ['x'] }),
        run('r2', 3, { inputs: ['b'], outputs: ['x'] }),
        drop('x', 4),
        run('r3', 5, { state: 'FAILED', inputs: ['never'], outputs: ['x'] }),
      ),
    )
    expect(arrows(graph.edges('current'))).toEqual([])
    expect(arrows(graph.edges('ever'))).toEqual(['a>x', 'b>x'])
    expect(arrows(graph.edges({ seenSince: at(1) }))).toEqual(['a>x', 'b>x'])
    expect(arrows(graph.edges({ seenSince: at(3) }))).toEqual(['b>x'])
    expect(arrows(graph.edges({ seenSince: at(3) + 1 }))).toEqual([])
  })

  it('have the evidence of the whole fold', () => {
    const graph = foldReference(
      recorded(
        run('r1', 1, { inputs: ['a'], outputs: ['x'] }),
        run('r2', 2, { outputs: [{ key: 'x', inputs: ['a'] }] }),
        run('r3', 3, { outputs: ['x'] }),
        run('r4', 4, { state: 'FAILED', inputs: ['a'], outputs: ['x'] }),
        run('r5', 5, { state: 'ABORTED', inputs: ['a'], outputs: ['x'] }),
        run('r6', 6, { state: 'FAILED', inputs: ['a'], outputs: [{ key: 'x', inputs: [] }] }),
        run('r7', 7, { state: 'RUNNING', inputs: ['a'], outputs: ['x'] }),
      ),
    )
    const evidence = { runId: 'r2', assertion: 'explicit', firstSeen: at(1), lastSeen: at(2), runs: 2, failedRuns: 2 }
    expect(graph.edges('ever')).toEqual([{ from: 'a', to: 'x', ...load, ...evidence, isCurrent: false }])
  })
})

describe('A fold', () => {
  const start = { event: run('r', 1, { state: 'STARTED', inputs: ['a'], outputs: ['x'] }), recordedAt: at(9) }
  const end = { event: run('r', 3, {}), recordedAt: at(5) }
  const failure = { event: run('r', 4, { state: 'FAILED' }), recordedAt: at(9) + 1 }
  const log = new EventLog([end, start, failure])

  it('counts events that occurred by `asOf` and were recorded by `knownAt`, inclusive', () => {
    expect(arrows(foldReference(log, { asOf: at(3) }).edges())).toEqual(['a>x'])
    expect(arrows(foldReference(log, { asOf: at(3) - 1 }).edges())).toEqual([])
    expect(arrows(foldReference(log, { knownAt: at(9) }).edges())).toEqual(['a>x'])
    expect(arrows(foldReference(log, { knownAt: at(9) - 1 }).edges())).toEqual([])
    expect(arrows(foldReference(log).edges())).toEqual([])
  })

  it('counts drops by the same rule', () => {
    const dropped = new EventLog([
      ...recorded(run('r', 1, { inputs: ['a'], outputs: ['x'] })),
      { event: drop('a', 2), recordedAt: at(7) },
    ])
    expect(foldReference(dropped, { asOf: at(1) }).isDropped('a')).toBe(false)
    expect(foldReference(dropped, { knownAt: at(6) }).isDropped('a')).toBe(false)
    expect(foldReference(dropped, { asOf: at(2), knownAt: at(7) }).isDropped('a')).toBe(true)
  })

  it('counts a redelivered event as first recorded, also with fields in another order', () => {
    const event = run('r', 1, { inputs: ['a'], outputs: ['x'], metadata: { one: '1', two: '2' } })
    const again = { ...event, event: { ...event.event, metadata: { two: '2', one: '1' } } }
    const redelivered = new EventLog([
      { event: again, recordedAt: at(8) },
      { event, recordedAt: at(2) },
    ])
    expect(redelivered.materializationEvents({ knownAt: at(2) })).toEqual([event.event])
    expect(redelivered.materializationEvents()).toEqual([event.event])
    expect(foldReference(redelivered, { knownAt: at(2) }).edges()).toMatchObject([{ runs: 1 }])
  })
})
