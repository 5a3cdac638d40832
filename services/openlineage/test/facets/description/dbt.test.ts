import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent, runId } from '../../helpers/run-event.ts'

const key = keyOfTable('orders')
const withFacets = (facets: object) => mapped(runEvent({ outputs: [dataset('orders', { facets })] }))

describe('dbt exposures', () => {
  const weekly = { unique_id: 'exposure.shop.weekly', name: 'weekly', type: 'dashboard', url: 'https://bi/1' }
  const model = { unique_id: 'exposure.shop.churn model', name: 'churn model', type: 'ml', owner: { email: 'jo@shop' } }

  it('are assets downstream of the dataset, through a declared job with the complete list', () => {
    const { jobs, assets } = withFacets({ dbt_exposures: facet({ exposures: [weekly, model] }) })
    expect(jobs).toMatchObject([
      {
        job: { namespace: 'warehouse', name: `exposures of ${key}`, type: 'exposure' },
        lineage: [
          { output: 'dashboard://shop/weekly', inputs: [key] },
          { output: 'ml://shop/churn%20model', inputs: [key] },
        ],
      },
    ])
    expect(assets.filter(({ change }) => change === 'DESCRIBED').map((event) => [event.key, event.properties])).toEqual(
      [
        ['dashboard://shop/weekly', { name: 'weekly', description: null, url: 'https://bi/1', owners: null }],
        ['ml://shop/churn%20model', { name: 'churn model', description: null, url: null, owners: ['jo@shop'] }],
      ],
    )
  })

  it('that are missing from a later list lose their edge', () => {
    expect(withFacets({ dbt_exposures: facet({ exposures: [] }) }).jobs).toMatchObject([{ lineage: [] }])
  })
})

describe('owners of a dbt model', () => {
  it.each([
    [{ config: { meta: { owner: ['a', 'b'] }, owner: 'c', group: 'g' } }, ['a', 'b']],
    [{ config: { owner: 'c', group: 'g' } }, ['c']],
    [{ config: { group: 'g' } }, ['g']],
    [{ config: { materialized: 'table' } }, null],
  ])('of %j are %j', (model, owners) => {
    const stated = withFacets({ dbt_model: facet(model) }).stated(key)
    expect(stated?.owners).toEqual(owners)
    expect(stated?.metadata['dbt_model']).toBe(
      JSON.stringify(model, Object.keys({ config: 0, group: 0, materialized: 0, meta: 0, owner: 0 }).sort()),
    )
  })

  it('come from the ownership facet where there is one', () => {
    const facets = {
      ownership: facet({ owners: [{ name: 'meta owner' }] }),
      dbt_model: facet({ config: { owner: 'c' } }),
    }
    expect(withFacets(facets).stated(key)?.owners).toEqual(['meta owner'])
  })
})

describe('a dbt test', () => {
  it('writes nothing: the audit table that dbt names is metadata of the run', () => {
    const jobType = facet({ integration: 'DBT', jobType: 'TEST', processingType: 'BATCH' })
    const audit = dataset('audit', { facets: { dataSource: facet({ name: 'db' }) } })
    const event = runEvent({
      job: { namespace: 'n', name: 'test', facets: { jobType } },
      inputs: [dataset('orders')],
      outputs: [audit],
    })
    const { runs, assets } = mapped(event)
    expect(runs[0]).toMatchObject({ by: 'dbt', outputs: [], inputs: [{ key }] })
    expect(runs[0]?.metadata['auditTables']).toBe(`{"${keyOfTable('audit')}":{"dataSource":{"name":"db"}}}`)
    expect(assets).toEqual([])
  })

  it.each([
    ['test.shop.no_negative', 'no_negative'],
    ['test.shop.v1.0 is kept', 'v1.0 is kept'],
    ['no_negative', 'no_negative'],
  ])('called %s by its run is the check %s, as its assertion says', (name, check) => {
    const jobType = facet({ integration: 'DBT', jobType: 'TEST', processingType: 'BATCH' })
    const test = facet({ tests: [{ name, status: 'fail', severity: 'error' }] })
    const { checks } = mapped(
      runEvent({
        run: { runId, facets: { test } },
        job: { namespace: 'n', name, facets: { jobType } },
        inputs: [dataset('orders')],
      }),
    )
    expect(checks).toMatchObject([{ key, check: { name: check, status: 'FAIL' } }])
  })
})

describe('an ephemeral dbt model', () => {
  const columnsOf = (fields: object) => facet({ fields, dataset: [] })
  const cte = (name: string, field: string) => ({ inputFields: [{ ...dataset(''), name, field, transformations: [] }] })

  it('that column lineage names by its expression in the SQL resolves to the input of that name', () => {
    const columnLineage = columnsOf({
      item: cte('__dbt__cte__priced', 'item'),
      total: cte('__dbt__cte__Priced', 'qty'),
    })
    const { runs, output } = mapped(
      runEvent({
        inputs: [dataset('orders'), dataset('priced')],
        outputs: [dataset('revenue', { facets: { columnLineage } })],
      }),
    )
    expect(runs[0]?.inputs.map((input) => input.key)).toEqual([key, keyOfTable('priced')])
    expect(output(keyOfTable('revenue'))?.columnLineage).toMatchObject([
      { column: 'item', inputs: [{ key: keyOfTable('priced'), column: 'item' }] },
      { column: 'total', inputs: [{ key: keyOfTable('priced'), column: 'qty' }] },
    ])
  })

  it('without an input of that name keeps its name', () => {
    const columnLineage = columnsOf({ item: cte('__dbt__cte__priced', 'item') })
    const { runs } = mapped(runEvent({ outputs: [dataset('revenue', { facets: { columnLineage } })] }))
    expect(runs[0]?.inputs).toHaveLength(1)
  })
})
