import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent, runId } from './helpers/run-event.ts'

const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

describe('a large event', () => {
  it('grows no faster than its body: explicit lineage through the job', () => {
    const entries = many(5_000, (at) => ({ ...dataset(`out${at}`), type: 'DATASET', inputs: [{ type: 'JOB' }] }))
    const inputs = many(5_000, (at) => dataset(`in${at}`))
    const { runs } = mapped(runEvent({ inputs, run: { runId, facets: { lineage: facet({ entries }) } } }))
    expect(runs[0]?.outputs).toHaveLength(5_000)
    expect(runs[0]?.outputs.every((output) => output.inputs === null)).toBe(true)
  })

  it('grows no faster than its body: one description of a column with many inputs', () => {
    const inputFields = many(10_000, (at) => ({ ...dataset('in'), field: `f${at}` }))
    const fields = { x: { inputFields, transformationDescription: 'd'.repeat(1_000_000) } }
    const columnLineage = facet({ fields })
    const { output, stated } = mapped(runEvent({ outputs: [dataset('out', { facets: { columnLineage } })] }))
    expect(output(keyOfTable('out'))?.columnLineage[0]?.inputs[0]?.description).toHaveLength(256)
    expect(stated(keyOfTable('out'))?.metadata['columnLineage']).toContain('_cut')
  })

  it('has all columns of a schema, without descriptions where those exceed the limit', () => {
    const described = (length: number) =>
      facet({ fields: many(20_000, (at) => ({ name: `column_${at}`, type: 'text', description: 'd'.repeat(length) })) })
    const outputOf = (length: number) =>
      mapped(runEvent({ outputs: [dataset('out', { facets: { schema: described(length) } })] }))
    expect(outputOf(13).output(keyOfTable('out'))?.schema?.at(-1)?.description).toHaveLength(13)
    const { output, stated } = outputOf(14)
    expect(output(keyOfTable('out'))?.schema).toHaveLength(20_000)
    expect(output(keyOfTable('out'))?.schema?.at(-1)).toEqual({ name: 'column_19999', type: 'text', description: null })
    expect(stated(keyOfTable('out'))?.metadata['schema']).toContain('_cut')
  })

  it('accepts a dataset that is listed thousands of times with different facets', () => {
    const inputs = many(5_000, (at) =>
      dataset('in', { facets: { ownership: facet({ owners: [{ name: `o${at}` }] }) } }),
    )
    expect(mapped(runEvent({ inputs })).stated(keyOfTable('in'))?.owners).toEqual(['o4999'])
  })

  it('has the first 10,000 checks of a facet, and keeps the facet', () => {
    const assertions = many(10_001, (at) => ({ assertion: `a${at}`, success: true }))
    const inputFacets = { dataQualityAssertions: facet({ assertions }) }
    const { checks, runs } = mapped(runEvent({ inputs: [dataset('in', { inputFacets })] }))
    expect(checks).toHaveLength(10_000)
    expect(runs[0]?.metadata[`dataQualityAssertions:${keyOfTable('in')}`]).toContain('_cut')
  })
})
