import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent, runId } from './run-event.ts'

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
  it('has a companion that succeeds anew with each RUNNING, so that its edges and freshness hold while it runs', () => {
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
  ])('tells its companion of %s', (eventType, state) => {
    expect(stream(eventType, 'service')[1]).toMatchObject({ runId: `${runId}/refreshes`, state })
  })

  it.each(['FAIL', 'ABORT', 'OTHER'])(
    'tells its companion nothing of %s, which would take the edges back',
    (eventType) => {
      expect(stream(eventType)).toHaveLength(1)
    },
  )

  it('is what streams and services are, not batches', () => {
    expect(stream('RUNNING', 'SERVICE')).toHaveLength(2)
    expect(stream('RUNNING', 'BATCH')).toHaveLength(1)
  })
})
