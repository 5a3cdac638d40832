import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent } from '../../helpers/run-event.ts'

const field = (table: string, name: string, ...transformations: object[]) => ({
  ...dataset(table),
  field: name,
  transformations,
})
const identity = { type: 'DIRECT', subtype: 'IDENTITY', description: '', masking: false }

const outputWith = (columnLineage: object, parts: object = {}) => {
  const event = runEvent({ outputs: [dataset('out', { facets: { columnLineage: facet(columnLineage) } })], ...parts })
  return { ...mapped(event), output: mapped(event).output(keyOfTable('out')) }
}

describe('column lineage', () => {
  it('has one entry for each transformation, with its kind', () => {
    const hash = { type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'sha256(email)', masking: true }
    const filter = { type: 'INDIRECT', subtype: 'FILTER' }
    const { output } = outputWith({ fields: { who: { inputFields: [field('users', 'email', hash, filter)] } } })
    const from = { key: keyOfTable('users'), column: 'email' }
    expect(output?.columnLineage).toEqual([
      {
        column: 'who',
        inputs: [
          { ...from, kind: 'DIRECT', transformation: 'TRANSFORMATION', masking: true, description: 'sha256(email)' },
          { ...from, kind: 'INDIRECT', transformation: 'FILTER', masking: null, description: null },
        ],
      },
    ])
  })

  it('has the inputs of whole rows under an empty column name', () => {
    const { output } = outputWith({
      fields: {},
      dataset: [field('users', 'day', { type: 'INDIRECT', subtype: 'SORT' })],
    })
    expect(output?.columnLineage).toMatchObject([{ column: '', inputs: [{ column: 'day', transformation: 'SORT' }] }])
  })

  it('reads the transformation that older clients send for a whole column', () => {
    const inputFields = [{ ...dataset('users'), field: 'ssn' }]
    const column = { inputFields, transformationType: 'MASKED', transformationDescription: 'hash' }
    expect(outputWith({ fields: { s: column } }).output?.columnLineage).toMatchObject([
      { inputs: [{ kind: 'DIRECT', transformation: 'MASKED', masking: true, description: 'hash' }] },
    ])
  })

  it('leaves out a field whose table the client does not know, and keeps the facet', () => {
    const inputFields = [field('users', 'a', identity), { ...dataset(''), name: '', field: 'b' }]
    const { output, runs, stated } = outputWith({ fields: { a: { inputFields } } })
    expect(output?.columnLineage).toMatchObject([{ column: 'a', inputs: [{ key: keyOfTable('users'), column: 'a' }] }])
    expect(runs[0]?.inputs.map(({ key }) => key)).toEqual([keyOfTable('users')])
    expect(stated(keyOfTable('out'))?.metadata['columnLineage']).toContain('"name":""')
    expect(stated(keyOfTable('out'))?.metadata['columnLineage']).not.toContain('_malformed')
  })

  it('makes edges, also from datasets that no event lists as inputs', () => {
    const { runs } = outputWith(
      { fields: { a: { inputFields: [field('seed', 'a', identity)] } } },
      { inputs: [dataset('listed')] },
    )
    expect(runs[0]?.inputs.map(({ key }) => key)).toEqual([keyOfTable('listed'), keyOfTable('seed')])
  })

  it('reads columns of any name', () => {
    const fields = JSON.parse(
      `{"__proto__":{"inputFields":[${JSON.stringify(field('users', 'constructor', identity))}]}}`,
    )
    expect(outputWith({ fields }).output?.columnLineage).toMatchObject([
      { column: '__proto__', inputs: [{ column: 'constructor' }] },
    ])
  })

  it('reads valid entries and keeps the facet where some are invalid', () => {
    const { output, stated } = outputWith({
      fields: { a: { inputFields: [field('users', 'a', identity), { name: 'x' }] } },
    })
    expect(output?.columnLineage).toHaveLength(1)
    expect(stated(keyOfTable('out'))?.metadata['columnLineage']).toContain('"_malformed":true')
  })
})
