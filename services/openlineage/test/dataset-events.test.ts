import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent } from './helpers/run-event.ts'

const key = keyOfTable('a')
const statedOf = (facets: object) => mapped(runEvent({ inputs: [dataset('a', { facets })] })).stated(key)
const eventOf = (facets: object) => ({
  eventTime: '2024-05-01T12:00:00Z',
  producer: 'p',
  dataset: dataset('a', { facets }),
})

describe('facts about a dataset', () => {
  it('are description, owners and tags', () => {
    const facets = {
      documentation: facet({ description: 'All orders' }),
      ownership: facet({ owners: [{ name: 'team:data' }, { name: 'user:jo' }] }),
      tags: facet({
        tags: [
          { key: 'pii', value: 'true' },
          { key: 'tier', value: 'gold' },
          { key: 'tier', value: 'gold' },
        ],
      }),
    }
    expect(statedOf(facets)).toMatchObject({
      description: 'All orders',
      owners: ['team:data', 'user:jo'],
      tags: ['pii', 'tier:gold'],
      schema: null,
      metadata: {},
      removed: [],
    })
    expect(mapped(eventOf(facets)).stated(key)).toMatchObject({ description: 'All orders', producer: 'p' })
  })

  it('are kept as metadata where the facet has more', () => {
    const stated = statedOf({
      documentation: facet({ description: '# Orders', contentType: 'text/markdown' }),
      ownership: facet({ owners: [{ name: 'team:data', type: 'MAINTAINER' }] }),
      tags: facet({ tags: [{ key: 'pii', value: 'true', field: 'email' }] }),
    })
    expect(stated).toMatchObject({ description: '# Orders', owners: ['team:data'], tags: [] })
    expect(Object.keys(stated?.metadata ?? {})).toEqual(['documentation', 'ownership', 'tags'])
  })

  it('are any other facets, as metadata by name', () => {
    const facets = {
      dataSource: facet({ name: 'db', uri: 'postgres://db' }),
      storage: facet({ storageLayer: 'iceberg' }),
    }
    expect(statedOf(facets)?.metadata).toEqual({
      dataSource: '{"name":"db","uri":"postgres://db"}',
      storage: '{"storageLayer":"iceberg"}',
    })
  })

  it('are removed where a facet is deleted', () => {
    const gone = facet({ _deleted: true })
    expect(statedOf({ documentation: gone, schema: gone, mine: gone })).toMatchObject({
      removed: ['description', 'metadata:documentation', 'metadata:mine', 'schema', 'metadata:schema'],
      metadata: {},
    })
  })

  it('are reported once, in whichever roles the event names the dataset', () => {
    const facets = { documentation: facet({ description: 'All orders' }) }
    expect(
      mapped(runEvent({ inputs: [dataset('a', { facets })], outputs: [dataset('a', { facets })] })).assets,
    ).toHaveLength(1)
  })

  it('are none without facets', () => {
    expect(mapped(runEvent({ inputs: [dataset('a')], outputs: [dataset('b')] })).assets).toEqual([])
  })

  it('include both of two different facets', () => {
    const owner = (name: string) => ({ facets: { ownership: facet({ owners: [{ name }] }) } })
    const { stated } = mapped(runEvent({ inputs: [dataset('a', owner('jo'))], outputs: [dataset('a', owner('kim'))] }))
    expect(stated(key)).toMatchObject({ owners: ['kim'], metadata: { ownership: '{"owners":[{"name":"jo"}]}' } })
  })
})

describe('symlinks of a dataset', () => {
  const symlinks = (...identifiers: object[]) => ({ symlinks: facet({ identifiers }) })

  it('are aliases', () => {
    const facets = symlinks(
      { namespace: 'hive://metastore:9083', name: 'shop.orders', type: 'table' },
      { namespace: 's3://lake', name: 'orders', type: 'LOCATION' },
    )
    expect(mapped(eventOf(facets)).assets.filter(({ change }) => change === 'ALIASED')).toMatchObject([
      { key, alias: 'hive://metastore/shop/orders', aliasSource: 'TABLE_SYMLINK' },
      { key, alias: 's3://lake/orders', aliasSource: 'SYMLINK' },
    ])
  })

  it('are no aliases where they have the same key', () => {
    expect(mapped(eventOf(symlinks({ ...dataset('a'), namespace: 'postgresql://DB', type: 'TABLE' }))).assets).toEqual(
      [],
    )
  })
})

describe('partitions', () => {
  const part = (day: string, rowCount: number) => ({
    namespace: 's3://lake',
    name: `orders/dt=${day}`,
    outputFacets: { outputStatistics: facet({ rowCount }) },
  })

  it('of one dataset are one asset where they are trimmed, with the sum of their metrics', () => {
    const event = runEvent({ outputs: [part('2024-05-02', 3), part('2024-05-01', 3)] })
    const { output } = mapped(event, { trim: ['s3://lake/'] })
    expect(output('s3://lake/orders')).toMatchObject({
      metrics: { rows: 6 },
      metadata: { partition: '["dt=2024-05-01","dt=2024-05-02"]' },
    })
    expect(mapped(event).runs[0]?.outputs).toHaveLength(2)
  })

  it('that are read are metadata of the run', () => {
    const event = runEvent({ inputs: [part('2024-05-01', 1)], outputs: [{ namespace: 's3://lake', name: 'orders' }] })
    const { output, runs } = mapped(event, { trim: ['*'] })
    expect(output('s3://lake/orders')?.metadata).toEqual({})
    expect(runs[0]?.metadata['partition:s3://lake/orders']).toBe('["dt=2024-05-01"]')
  })

  it('of a dataset that is listed twice count once', () => {
    const event = runEvent({ outputs: [part('2024-05-01', 3), part('2024-05-01', 3)] })
    expect(mapped(event, { trim: ['*'] }).output('s3://lake/orders')?.metrics).toEqual({ rows: 3 })
  })
})

describe('lineage from dataset to dataset', () => {
  const source = { ...dataset('src'), type: 'DATASET' }

  it('goes through a declared job of its own', () => {
    expect(mapped(eventOf({ lineage: facet({ inputs: [source] }) })).jobs).toMatchObject([
      {
        job: { namespace: 'postgres://db:5432', name: `lineage of ${key}`, type: 'declared' },
        lineage: [{ output: key, inputs: [keyOfTable('src')] }],
      },
    ])
  })

  it('is complete: an empty list removes what was declared', () => {
    expect(mapped(eventOf({ lineage: facet({ inputs: [] }) })).jobs).toMatchObject([
      { lineage: [{ output: key, inputs: [] }] },
    ])
  })

  it('follows from column lineage too, which is kept', () => {
    const columnLineage = facet({ fields: { x: { inputFields: [{ ...dataset('src'), field: 'x' }] } } })
    const { jobs, stated } = mapped(eventOf({ columnLineage }))
    expect(jobs).toMatchObject([{ lineage: [{ output: key, inputs: [keyOfTable('src')] }] }])
    expect(stated(key)?.metadata['columnLineage']).toContain('inputFields')
  })
})
