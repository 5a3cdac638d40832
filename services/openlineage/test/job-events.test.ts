import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent } from './helpers/run-event.ts'

const facets = {
  documentation: facet({ description: 'Loads orders' }),
  ownership: facet({ owners: [{ name: 'team:data' }] }),
  tags: facet({ tags: [{ key: 'tier', value: 'gold' }] }),
  sql: facet({ query: 'select 1' }),
}
const jobEvent = (parts: object) => ({
  eventTime: '2024-05-01T12:00:00Z',
  job: { namespace: 'n', name: 'j' },
  inputs: [],
  outputs: [],
  ...parts,
})

describe('facts about a job', () => {
  it('are description, owners, tags, and any other facet by its name', () => {
    const facts = {
      job: { namespace: 'n', name: 'j' },
      description: 'Loads orders',
      owners: ['team:data'],
      tags: ['tier:gold'],
      metadata: { sql: '{"query":"select 1"}' },
      lineage: null,
    }
    const job = { namespace: 'n', name: 'j', facets }
    expect(mapped(runEvent({ job })).jobs).toMatchObject([facts])
    expect(mapped(jobEvent({ job })).jobs).toMatchObject([facts])
  })

  it('has a tag without value where the value adds nothing', () => {
    const tags = ['', 'true', 'daily', 'no'].map((value) => ({ key: 'daily', value, source: 'AIRFLOW' }))
    const job = { namespace: 'n', name: 'j', facets: { tags: facet({ tags }) } }
    expect(mapped(runEvent({ job })).jobs).toMatchObject([{ tags: ['daily', 'daily:no'] }])
  })

  it('are none where a run has only the job type', () => {
    const job = { namespace: 'n', name: 'j', facets: { jobType: facet({ integration: 'DBT', jobType: 'MODEL' }) } }
    const { jobs, runs } = mapped(runEvent({ job }))
    expect(jobs).toEqual([])
    expect(runs[0]?.metadata).toEqual({ jobType: '{"integration":"DBT","jobType":"MODEL"}' })
    expect(mapped(jobEvent({ job })).jobs).toMatchObject([{ job: { type: 'model' } }])
  })

  it('are removed where a facet is deleted', () => {
    const job = {
      namespace: 'n',
      name: 'j',
      facets: { documentation: facet({ _deleted: true }), sql: facet({ _deleted: true }) },
    }
    expect(mapped(jobEvent({ job })).jobs).toMatchObject([
      { removed: ['description', 'metadata:documentation', 'metadata:sql'] },
    ])
  })
})

describe('the declared lineage of a job', () => {
  it('leads from its inputs to each output', () => {
    const event = jobEvent({ inputs: [dataset('a'), dataset('b')], outputs: [dataset('x'), dataset('y')] })
    const inputs = [keyOfTable('a'), keyOfTable('b')]
    expect(mapped(event).jobs[0]?.lineage).toEqual([
      { output: keyOfTable('x'), inputs },
      { output: keyOfTable('y'), inputs },
    ])
    expect(mapped(event).runs).toEqual([])
  })

  it('is narrowed by column lineage and explicit lineage as in runs', () => {
    const columnLineage = facet({ fields: { c: { inputFields: [{ ...dataset('a'), field: 'c' }] } } })
    const lineage = facet({
      entries: [{ ...dataset('z'), type: 'DATASET', inputs: [{ ...dataset('s'), type: 'DATASET' }] }],
    })
    const event = jobEvent({
      job: { namespace: 'n', name: 'j', facets: { lineage } },
      inputs: [dataset('a'), dataset('b')],
      outputs: [dataset('x', { facets: { columnLineage } }), dataset('y')],
    })
    expect(mapped(event).jobs[0]?.lineage).toEqual([
      { output: keyOfTable('x'), inputs: [keyOfTable('a'), keyOfTable('b')] },
      { output: keyOfTable('y'), inputs: [keyOfTable('a'), keyOfTable('b')] },
      { output: keyOfTable('z'), inputs: [keyOfTable('s')] },
    ])
    expect(mapped(event).stated(keyOfTable('x'))?.metadata['columnLineage']).toContain('inputFields')
  })

  it('is not removed by the empty lists of an event that only describes the job, but by a lineage facet without entries', () => {
    expect(mapped(jobEvent({ job: { namespace: 'n', name: 'j', facets } })).jobs[0]?.lineage).toBeNull()
    const lineage = facet({ entries: [] })
    expect(mapped(jobEvent({ job: { namespace: 'n', name: 'j', facets: { lineage } } })).jobs[0]?.lineage).toEqual([])
  })

  it('keeps inputs that lead to no output', () => {
    expect(mapped(jobEvent({ inputs: [dataset('a')] })).jobs).toMatchObject([
      { lineage: null, metadata: { inputs: JSON.stringify([keyOfTable('a')]) } },
    ])
  })
})
