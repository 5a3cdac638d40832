import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent, runId } from '../../helpers/run-event.ts'

const isDataset = { type: 'DATASET' }
const to = (name: string, parts: object) => ({ ...dataset(name), ...isDataset, ...parts })
const from = (name: string, parts: object = {}) => ({ ...dataset(name), ...isDataset, ...parts })

const runWith = (entries: object[], parts: object = {}) =>
  mapped(runEvent({ inputs: [dataset('listed')], run: { runId, facets: { lineage: facet({ entries }) } }, ...parts }))

describe('explicit lineage', () => {
  it('gives an output its own inputs, and names outputs that no event lists', () => {
    const { output } = runWith([to('out', { inputs: [from('a')] })])
    expect(output(keyOfTable('out'))?.inputs).toEqual([keyOfTable('a')])
  })

  it('can state that an output has no upstream', () => {
    expect(runWith([to('out', { inputs: [] })]).output(keyOfTable('out'))?.inputs).toEqual([])
  })

  it('has column lineage', () => {
    const fields = {
      total: { inputs: [from('a', { field: 'x', transformations: [{ type: 'DIRECT', subtype: 'AGGREGATION' }] })] },
    }
    const output = runWith([to('out', { fields })]).output(keyOfTable('out'))
    expect(output?.inputs).toEqual([keyOfTable('a')])
    expect(output?.columnLineage).toMatchObject([
      { column: 'total', inputs: [{ key: keyOfTable('a'), column: 'x', transformation: 'AGGREGATION' }] },
    ])
  })

  it('gives an output of the job the inputs of the job', () => {
    const entries = [{ type: 'JOB', inputs: [from('fed')] }, to('out', { inputs: [{ type: 'JOB' }, from('a')] })]
    const { runs, output } = runWith(entries)
    expect(output(keyOfTable('out'))?.inputs).toEqual([keyOfTable('a'), keyOfTable('fed')])
    expect(runs[0]?.inputs.map(({ key }) => key)).toEqual([keyOfTable('listed'), keyOfTable('fed')])
  })

  it('makes no edge of another job, and keeps the facet', () => {
    const { output, runs } = runWith([to('out', { inputs: [{ type: 'JOB', namespace: 'airflow', name: 'extract' }] })])
    expect(output(keyOfTable('out'))?.inputs).toEqual([])
    expect(runs[0]?.metadata['lineage']).toContain('extract')
  })

  it('counts in the facets of job and output, before column lineage', () => {
    const columnLineage = facet({ fields: { x: { inputFields: [{ ...dataset('column'), field: 'x' }] } } })
    const outputs = [dataset('out', { facets: { lineage: facet({ inputs: [from('a')] }), columnLineage } })]
    const job = {
      namespace: 'n',
      name: 'j',
      facets: { lineage: facet({ entries: [to('other', { inputs: [from('b')] })] }) },
    }
    const { output } = mapped(runEvent({ outputs, job }))
    expect(output(keyOfTable('out'))?.inputs).toEqual([keyOfTable('a')])
    expect(output(keyOfTable('out'))?.columnLineage).toMatchObject([{ column: 'x' }])
    expect(output(keyOfTable('other'))?.inputs).toEqual([keyOfTable('b')])
  })
})
