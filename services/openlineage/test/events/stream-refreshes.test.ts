import { foldReference } from '@headwater/testing/events'
import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent, runId } from '../helpers/run-event.ts'

const stream = (eventType: string, processingType = 'STREAMING') =>
  mapped(
    runEvent({
      eventType,
      job: { namespace: 'n', name: 'j', facets: { jobType: facet({ processingType, integration: 'FLINK' }) } },
      inputs: [dataset('events')],
      outputs: [dataset('sessions', { facets: { schema: facet({ fields: [{ name: 'id' }] }) } })],
    }),
  ).runs

describe('a stream', () => {
  it('has a companion that succeeds with each RUNNING, so that edges and freshness are current while it runs', () => {
    const [run, companion] = stream('RUNNING')
    expect(run).toMatchObject({ runId, state: 'RUNNING' })
    expect(companion).toMatchObject({
      runId: `${runId}/refreshes`,
      state: 'SUCCEEDED',
      job: run?.job,
      parent: { jobNamespace: 'n', jobName: 'j', runId },
      inputs: [{ key: keyOfTable('events') }],
      outputs: [{ key: keyOfTable('sessions'), schema: null }],
    })
  })

  it.each([
    ['START', 'STARTED'],
    ['COMPLETE', 'SUCCEEDED'],
  ])('gives its companion the state for %s', (eventType, state) => {
    expect(stream(eventType, 'service')[1]).toMatchObject({ runId: `${runId}/refreshes`, state })
  })

  it.each(['FAIL', 'ABORT', 'OTHER'])(
    'leaves %s out of the companion event, where it would remove the edges',
    (eventType) => {
      expect(stream(eventType)).toHaveLength(1)
    },
  )

  it('counts for streams and services, not for batches', () => {
    expect(stream('RUNNING', 'SERVICE')).toHaveLength(2)
    expect(stream('RUNNING', 'BATCH')).toHaveLength(1)
  })
})

/** What Flink's listeners send: 1 has type and datasets in each checkpoint, 2 only in START. */
describe('a stream of Flink', () => {
  const jobType = facet({ processingType: 'STREAMING', integration: 'FLINK', jobType: 'JOB' })
  const typed = { job: { namespace: 'flink-jobs', name: 'sessions', facets: { jobType } } }
  const untyped = { job: { namespace: 'flink-jobs', name: 'sessions' }, inputs: undefined, outputs: undefined }
  const datasets = { inputs: [dataset('events')], outputs: [dataset('sessions')] }
  const at = (minute: number) => `2024-05-01T12:0${minute}:00.000Z`
  const runOf = (facets: object) => ({
    run: { runId, facets: { processing_engine: facet({ name: 'flink', version: '2.0.0' }), ...facets } },
  })
  const start = { ...typed, ...datasets, ...runOf({}), eventType: 'START', eventTime: at(0) }
  const checkpoint = { ...runOf({ checkpoints: facet({ completed: 1, total: 1 }) }), eventType: 'RUNNING' }
  const end = (eventType: string) => ({ ...untyped, ...runOf({}), eventType, eventTime: at(5) })

  const edgesAfter = (...events: readonly object[]) =>
    foldReference(
      events.flatMap((event) => mapped(runEvent(event)).events).map((event, n) => ({ event, recordedAt: n + 1 })),
    )
      .edges()
      .map(({ from, to, lastSeen }) => [from, to, lastSeen])
  const edge = (minute: number) => [[keyOfTable('events'), keyOfTable('sessions'), Date.parse(at(minute))]]

  it.each([
    [1, { ...checkpoint, ...typed, ...datasets }],
    [2, { ...checkpoint, ...untyped }],
  ])('%i has current edges from its first checkpoint on, as fresh as its last, however it ends', (_, running) => {
    const [first, second] = [1, 3].map((minute) => ({ ...running, eventTime: at(minute) }))
    expect(edgesAfter(start)).toEqual([])
    expect(edgesAfter(start, first!)).toEqual(edge(1))
    expect(edgesAfter(second!, start, first!)).toEqual(edge(3))
    for (const eventType of ['FAIL', 'ABORT'])
      expect(edgesAfter(start, first!, second!, end(eventType))).toEqual(edge(3))
    expect(edgesAfter(start, first!, end('COMPLETE'))).toEqual(edge(5))
  })

  it('that is a batch has no edges by checkpoints before it ends', () => {
    const batch = { ...start, job: { ...typed.job, facets: { jobType: facet({ processingType: 'BATCH' }) } } }
    expect(edgesAfter(batch, { ...checkpoint, ...untyped, eventTime: at(1) })).toEqual([])
    expect(edgesAfter(batch, end('COMPLETE'))).toEqual(edge(5))
  })
})
