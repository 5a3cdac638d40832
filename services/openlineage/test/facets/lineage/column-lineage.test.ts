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
  return { ...mapped(event), said: mapped(event).output(keyOfTable('out')) }
}

describe('column lineage', () => {
  it('has one entry a transformation, with its kind', () => {
    const hash = { type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'sha256(email)', masking: true }
    const filter = { type: 'INDIRECT', subtype: 'FILTER' }
    const { said } = outputWith({ fields: { who: { inputFields: [field('users', 'email', hash, filter)] } } })
    const from = { key: keyOfTable('users'), column: 'email' }
    expect(said?.columnLineage).toEqual([
      {
        column: 'who',
        inputs: [
          { ...from, kind: 'DIRECT', transformation: 'TRANSFORMATION', masking: true, description: 'sha256(email)' },
          { ...from, kind: 'INDIRECT', transformation: 'FILTER', masking: null, description: null },
        ],
      },
    ])
  })

  it('has what concerns all rows under an empty column name', () => {
    const { said } = outputWith({ fields: {}, dataset: [field('users', 'day', { type: 'INDIRECT', subtype: 'SORT' })] })
    expect(said?.columnLineage).toMatchObject([{ column: '', inputs: [{ column: 'day', transformation: 'SORT' }] }])
  })

  it('honours the transformation that older clients give for a whole column', () => {
    const inputFields = [{ ...dataset('users'), field: 'ssn' }]
    const column = { inputFields, transformationType: 'MASKED', transformationDescription: 'hash' }
    expect(outputWith({ fields: { s: column } }).said?.columnLineage).toMatchObject([
      { inputs: [{ kind: 'DIRECT', transformation: 'MASKED', masking: true, description: 'hash' }] },
    ])
  })

  it('leaves out a field of which the client does not know the table, and keeps the facet as it is', () => {
    const inputFields = [field('users', 'a', identity), { ...dataset(''), name: '', field: 'b' }]
    const { said, runs, stated } = outputWith({ fields: { a: { inputFields } } })
    expect(said?.columnLineage).toMatchObject([{ column: 'a', inputs: [{ key: keyOfTable('users'), column: 'a' }] }])
    expect(runs[0]?.inputs.map(({ key }) => key)).toEqual([keyOfTable('users')])
    expect(stated(keyOfTable('out'))?.metadata['columnLineage']).toContain('"name":""')
    expect(stated(keyOfTable('out'))?.metadata['columnLineage']).not.toContain('_malformed')
  })

  it('makes edges, of datasets too that no event lists as inputs', () => {
    const { runs } = outputWith(
      { fields: { a: { inputFields: [field('seed', 'a', identity)] } } },
      { inputs: [dataset('listed')] },
    )
    expect(runs[0]?.inputs.map(({ key }) => key)).toEqual([keyOfTable('listed'), keyOfTable('seed')])
  })

  it('takes columns by any name', () => {
    const fields = JSON.parse(
      `{"__proto__":{"inputFields":[${JSON.stringify(field('users', 'constructor', identity))}]}}`,
    )
    expect(outputWith({ fields }).said?.columnLineage).toMatchObject([
      { column: '__proto__', inputs: [{ column: 'constructor' }] },
    ])
  })

  it('takes the entries that can be read and keeps the facet of the others', () => {
    const { said, stated } = outputWith({
      fields: { a: { inputFields: [field('users', 'a', identity), { name: 'x' }] } },
    })
    expect(said?.columnLineage).toHaveLength(1)
    expect(stated(keyOfTable('out'))?.metadata['columnLineage']).toContain('"_malformed":true')
  })
})
