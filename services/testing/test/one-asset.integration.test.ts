import { startWholeSystem, type WholeSystem } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// What an organisation sees: each of its tools has a name of its own for the same table, and nobody changed a pipeline.

type Name = { readonly namespace: string; readonly name: string; readonly facets?: object }

const facet = { _producer: 'https://example.com', _schemaURL: 'https://example.com/facet.json' }
const symlink = (namespace: string, name: string) => ({
  symlinks: { ...facet, identifiers: [{ namespace, name, type: 'TABLE' }] },
})

/** Each table, as several tools name it. */
const tables: Readonly<Record<string, readonly Name[]>> = {
  'postgres://warehouse/shop/public/orders': [
    { namespace: 'postgres://warehouse:5432', name: 'shop.public.orders' },
    { namespace: 'postgresql://WAREHOUSE', name: 'shop.public.orders' },
    { namespace: 'jdbc:postgresql://warehouse:5432/shop', name: 'public.orders' },
    { namespace: 'postgres://10.0.0.5:5432', name: 'shop.public.orders' },
  ],
  'snowflake://org-acct/shop/public/orders': [
    { namespace: 'snowflake://org-acct', name: 'SHOP.PUBLIC.ORDERS' },
    { namespace: 'snowflake://org-acct', name: 'shop.public.orders' },
    { namespace: 'snowflake://xy12345.us-east-1', name: 'SHOP.PUBLIC.ORDERS' },
  ],
  's3://lake/shop/orders': [
    { namespace: 's3://lake', name: 'shop/orders' },
    { namespace: 's3a://lake', name: '/shop/orders/' },
    { namespace: 's3n://lake/shop', name: 'orders' },
  ],
  'hive://metastore/default/daily': [
    { namespace: 'hive://metastore:9083', name: 'default.daily' },
    { namespace: 's3a://warehouse', name: 'daily', facets: symlink('hive://metastore:9083', 'default.daily') },
    { namespace: 'hive://metastore', name: 'Default.Daily' },
  ],
}
const authorities = [
  { key: 'postgres://warehouse', alias: 'postgres://10.0.0.5', authority: true },
  { key: 'snowflake://org-acct', alias: 'snowflake://xy12345.us-east-1', authority: true },
]

describe('one table under many names', () => {
  let system: WholeSystem
  let position = ''

  async function post(path: string, body: object): Promise<string> {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${system.gateway.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status, await answer.text()).toBe(201)
    return answer.headers.get('headwater-position') ?? ''
  }

  /** A tool reads one asset of its own and writes this one. */
  const run = (tool: string, output: Name) => ({
    eventType: 'COMPLETE',
    eventTime: '2026-03-01T12:00:00Z',
    producer: 'https://example.com',
    run: { runId: `run of ${tool}` },
    job: { namespace: 'tools', name: tool },
    inputs: [{ namespace: 's3://sources', name: tool }],
    outputs: [output],
  })

  beforeAll(async () => {
    system = await startWholeSystem()
    const positions: string[] = []
    for (const [key, names] of Object.entries(tables))
      for (const [at, name] of names.entries()) positions.push(await post('/api/v1/lineage', run(`${key} ${at}`, name)))
    for (const authority of authorities) positions.push(await post('/api/v1/aliases', authority))
    position = positions.join(',')
  }, 120_000)
  afterAll(() => system?.end())

  it.each(Object.keys(tables))('%s is one asset with the edges of all tools', async (key) => {
    const names = tables[key] ?? []
    const query = { key, direction: 'upstream', depth: '1', waitFor: position, timeoutMs: '30000' }
    const { edges } = await system.ask<{ edges: readonly unknown[] }>('lineage', query)
    expect(edges).toHaveLength(names.length)
  })

  it.each(Object.keys(tables))('%s is found by every name', async (key) => {
    for (const { namespace, name } of tables[key] ?? []) {
      const query = { namespace, name, waitFor: position, timeoutMs: '30000' }
      expect(await system.ask('asset', query)).toMatchObject({ key, degree: { upstream: tables[key]?.length } })
    }
  })

  it('is in a search once', async () => {
    const { items } = await system.ask<{ items: readonly { key: string }[] }>('assets', { limit: '100' })
    const found = items.map(({ key }) => key).filter((key) => !key.startsWith('s3://sources/'))
    expect(found.sort()).toEqual(Object.keys(tables).sort())
  })

  it('merges nothing that is not the same', async () => {
    expect(await system.ask('aliases/suspicious')).toMatchObject({ items: [] })
  })
})
