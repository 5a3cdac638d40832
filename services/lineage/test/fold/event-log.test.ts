import { buildAssetEvent, buildMaterialization, noon } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { EventLog } from '../../src/fold/event-log.ts'

const at = (second: number) => noon + second * 1_000
const start = buildMaterialization({ runId: 'r', state: 'STARTED', inputs: ['a'], occurredAt: at(1) })
const end = buildMaterialization({ runId: 'r', outputs: ['x'], metadata: { one: '1', two: '2' }, occurredAt: at(3) })
const drop = buildAssetEvent({ key: 'x', change: 'DROPPED', occurredAt: at(4) })
const log = new EventLog([
  { event: end, recordedAt: at(5) },
  { event: start, recordedAt: at(9) },
  { event: drop, recordedAt: at(6) },
])

describe('An event log', () => {
  it('folds runs from the events that occurred by `asOf` and were recorded by `knownAt`, inclusive', () => {
    const [run, ...more] = log.runs()
    expect(more).toEqual([])
    expect(run).toMatchObject({ runId: 'r', state: 'SUCCEEDED', startedAt: at(1), inputs: new Set(['a']) })
    expect(log.runs({ asOf: at(3) - 1 })).toMatchObject([{ state: 'STARTED', outputs: new Map() }])
    expect(log.runs({ knownAt: at(5) })).toMatchObject([{ state: 'SUCCEEDED', startedAt: null, inputs: new Set() }])
    expect(log.runs({ asOf: at(1) - 1 })).toEqual([])
    expect(log.runs({ asOf: at(3), knownAt: at(9) })).toEqual(log.runs())
  })

  it('has a run for each job of a run id', () => {
    const other = buildMaterialization({ runId: 'r', job: 'other', state: 'FAILED', occurredAt: at(2) })
    const runs = new EventLog([start, end, other].map((event) => ({ event, recordedAt: at(9) }))).runs()
    expect(runs.map(({ jobName, state }) => `${jobName} ${state}`).sort()).toEqual(['load SUCCEEDED', 'other FAILED'])
  })

  it('counts drops by the same rule', () => {
    expect(log.assetEvents({ asOf: at(4), knownAt: at(6) })).toEqual([drop.event])
    expect(log.assetEvents({ asOf: at(4) - 1 })).toEqual([])
    expect(log.assetEvents({ knownAt: at(6) - 1 })).toEqual([])
  })

  it('counts a redelivered event once, as first recorded, also with fields in another order', () => {
    const again = { ...end, event: { ...end.event, metadata: { two: '2', one: '1' } } }
    const redelivered = new EventLog([
      { event: again, recordedAt: at(8) },
      { event: end, recordedAt: at(5) },
    ])
    expect(redelivered.materializationEvents()).toEqual([end.event])
    expect(redelivered.materializationEvents({ knownAt: at(5) })).toEqual([end.event])
    expect(redelivered.materializationEvents({ knownAt: at(5) - 1 })).toEqual([])
  })
})
