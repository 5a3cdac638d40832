import { type AliasRow, aliasIndex } from '@headwater/lineage'
import { buildMaterialization } from '@headwater/testing/events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createInMemoryStore } from '../oracle/in-memory-store.ts'

const row = (asset: string, alias: string, source: AliasRow['source']): AliasRow => {
  return { asset, alias, source, aliasedAt: 1_000, unaliasedAt: 0 }
}
const since = '1970-01-01T00:00:01.000Z'
const table = 'hive://h/default/orders'
const other = 'hive://h/default/others'
const path = 's3://lake/orders'
const aliases = aliasIndex({
  rows: [
    row(path, table, 'table_symlink'),
    row(path, other, 'symlink'),
    row('s3://lake', 's3://10.0.0.5', 'authority'),
  ],
  configured: [{ from: 's3://10.0.0.5', to: 's3://pond', since: null }],
})
const store = createInMemoryStore([buildMaterialization({ outputs: [table] })])
const app = await buildApp({
  store: {
    ...store,
    open: async () => ({
      ...store.catalog,
      aliases: { index: aliases, canonicalKey: async (key) => aliases.canonical(key) },
    }),
  },
})
beforeAll(() => app.ready())
afterAll(() => app.close())

const get = async (path: string, query: Record<string, string> = {}) =>
  (await app.inject({ method: 'GET', url: `/api/v1${path}`, query })).json()

describe('/aliases', () => {
  it('lists the keys of an asset with their sources, and refused aliases', async () => {
    const answer = await get('/aliases', { key: path })
    const refused = {
      asset: path,
      alias: other,
      source: 'symlink',
      since,
      reason: 'two_tables',
      between: [table, other],
    }
    expect(answer).toMatchObject({
      ...{ key: table, asked: path, refused: [refused] },
      members: [{ key: path, source: 'table_symlink', since }],
      statements: [{ asset: path, alias: table, source: 'table_symlink', since }],
    })
  })

  it('accepts the OpenLineage name of the asset', async () => {
    expect(await get('/aliases', { namespace: 's3://lake', name: 'orders' })).toMatchObject({ key: table, asked: path })
  })

  it('is 404 for an unknown key', async () => {
    expect(await get('/aliases', { key: 's3://no/where' })).toMatchObject({ code: 'ASSET_NOT_FOUND' })
  })

  it.each([
    ['key', {}],
    ['name', { namespace: 's3://lake' }],
    ['name', { key: path, name: 'orders' }],
  ])('names %s as wrong in %j', async (parameter, query) => {
    expect(await get('/aliases', query)).toMatchObject({ code: 'INVALID_PARAMETER', parameter })
  })
})

describe('/aliases/suspicious', () => {
  it('lists refused aliases page by page', async () => {
    const first = await get('/aliases/suspicious', { limit: '1' })
    expect(first).toMatchObject({ total: 2, items: [{ alias: 's3://10.0.0.5', reason: 'contradicts' }] })
    const second = await get('/aliases/suspicious', { limit: '1', cursor: first.nextCursor })
    expect(second).toMatchObject({ total: 2, items: [{ alias: other, reason: 'two_tables' }], nextCursor: null })
  })
})
