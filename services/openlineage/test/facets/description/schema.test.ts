import { describe, expect, it } from 'vitest'
import { readSchema } from '../../../src/facets/description/schema.ts'
import { dataset, facet, keyOfTable, mapped, runEvent } from '../../helpers/run-event.ts'

describe('readSchema', () => {
  it('names the fields of a struct with dots, after it', () => {
    const fields = [
      { name: 'id', type: 'int' },
      { name: 'address', type: 'struct', description: 'Where', fields: [{ name: 'city', type: 'text' }] },
    ]
    expect(readSchema({ fields })).toEqual({
      keep: 'nothing',
      value: [
        { name: 'id', type: 'int', description: null },
        { name: 'address', type: 'struct', description: 'Where' },
        { name: 'address.city', type: 'text', description: null },
      ],
    })
  })

  it('orders by ordinal position when every field has one', () => {
    const [b, a] = [
      { name: 'b', ordinal_position: 2 },
      { name: 'a', ordinal_position: 1 },
    ]
    expect(readSchema({ fields: [b, a] })?.value?.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(readSchema({ fields: [b, a, { name: 'c' }] })?.value?.map(({ name }) => name)).toEqual(['b', 'a', 'c'])
  })

  it('reads the valid fields and keeps the facet where some are not', () => {
    expect(readSchema({ fields: [{ name: 'a' }, { type: 'int' }, 5] })).toMatchObject({
      keep: 'malformed',
      value: [{ name: 'a' }],
    })
    expect(readSchema({ fields: [{ name: 'a', nullable: true }] })).toMatchObject({ keep: 'facet' })
    expect(readSchema({ fields: 'id int' })).toBeUndefined()
  })

  it('is not reported without columns', () => {
    expect(readSchema({ fields: [] })).toEqual({ value: undefined, keep: 'nothing' })
  })

  it('stops at its depth limit', () => {
    let fields: object[] = []
    for (let level = 0; level < 10_000; level++) fields = [{ name: 'f', fields }]
    expect(readSchema({ fields })).toMatchObject({ keep: 'malformed' })
  })
})

describe('the schema of a dataset', () => {
  const schema = facet({ fields: [{ name: 'id', type: 'int' }] })
  const column = { name: 'id', type: 'int', description: null }

  it('is reported once: of an output with the run, of an input with the asset', () => {
    const { output, stated } = mapped(
      runEvent({ inputs: [dataset('a', { facets: { schema } })], outputs: [dataset('b', { facets: { schema } })] }),
    )
    expect(output(keyOfTable('b'))?.schema).toEqual([column])
    expect(stated(keyOfTable('b'))).toBeUndefined()
    expect(stated(keyOfTable('a'))?.schema).toEqual([column])
  })

  it('is not the list of columns that a Trino query read', () => {
    const read = facet({ fields: [{ name: 'id' }] })
    const { runs, assets, output } = mapped(
      runEvent({
        producer: 'https://github.com/trinodb/trino/plugin/trino-openlineage',
        job: { namespace: 'trino', name: 'query', facets: { jobType: facet({ integration: 'TRINO' }) } },
        inputs: [dataset('a', { facets: { schema: read } })],
        outputs: [dataset('b', { facets: { schema } })],
      }),
    )
    expect(assets).toEqual([])
    expect(JSON.parse(runs[0]?.metadata[`schema:${keyOfTable('a')}`] ?? '')).toEqual([{ name: 'id' }])
    expect(output(keyOfTable('b'))?.schema).toEqual([column])
  })
})
