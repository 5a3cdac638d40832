import { parseAuthorityRules } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import {
  buildAssetEvent,
  buildJobEvent,
  buildMaterialization,
  createTestDatabase,
  noon,
  projectEvents,
  type TestDatabase,
} from '@headwater/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rewritten, ruleParameters } from '../../../src/clickhouse/aliases/rewritten-keys.ts'
import { openApi } from '../open-api.ts'

const configured = parseAuthorityRules(
  'postgres://10.0.0.5=postgres://analytics,postgres://=postgres://analytics,postgres://old/db=postgres://10.0.0.5/db',
)

describe('With aliases,', () => {
  let database: TestDatabase
  const closing: (() => Promise<void>)[] = []
  let opened: Awaited<ReturnType<typeof openApi>>
  beforeAll(async () => {
    database = await createTestDatabase()
    closing.push(() => database.drop())
    opened = await openApi(database, { configured, aliasesMaxAgeMs: 60_000 })
    closing.push(opened.close)
    const outputs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `s3://lake/${name}`)
    const tables = [
      'postgres://10.0.0.5/db/s/t',
      'postgres://db/s/t',
      'postgres://old/db/s/u',
      'postgres://analytics/db/s/v',
    ]
    const alias = (key: string, other: string) =>
      buildAssetEvent({ key, change: 'ALIASED', alias: other, aliasSource: 'SYMLINK' })
    await projectEvents(database, [
      buildMaterialization({ outputs, runId: 'one' }),
      buildMaterialization({ outputs: tables, runId: 'two', inputs: ['s3://lake/c'] }),
      alias('s3://lake/b', 's3://zoo/b'),
      alias('s3://lake/e', 's3://a/e'),
      alias('postgres://db/s/v', 's3://lake/f'),
    ])
  })
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })
  /** Folds events, and refreshes the aliases without a new position. */
  const record = async (events: readonly HeadwaterEvent[]) => {
    await projectEvents(database, events)
    await opened.store.refreshAliases()
  }
  const get = async (path: string, query: Record<string, string> = {}) => (await opened.get(path, query)).json()
  const search = async (query: Record<string, string>, limit: number) => {
    const keys: string[] = []
    let cursor: string | null = null
    let facets: { total: number; platforms: readonly { platform: string; count: number }[] } | undefined
    do {
      const paged: Record<string, string> = { ...query, limit: String(limit), ...(cursor === null ? {} : { cursor }) }
      const page = await get('/assets', paged)
      facets ??= page.facets
      keys.push(...page.items.map((item: { key: string }) => item.key))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(facets?.total).toBe(keys.length)
    return keys
  }

  it.each([1, 2, 3, 50])('each asset is listed once, under its canonical key, in pages of %i', async (limit) => {
    expect(await search({}, limit)).toEqual([
      ...['postgres://analytics/db/s/t', 'postgres://analytics/db/s/u', 'postgres://analytics/db/s/v'],
      ...['s3://a/e', 's3://lake/a', 's3://lake/c', 's3://lake/d', 's3://zoo/b'],
    ])
  })

  it.each([
    [{ q: 'LAKE/B' }, ['s3://zoo/b']],
    [{ prefix: 's3://lake/e' }, ['s3://a/e']],
    [{ q: '10.0.0.5/db/s/T' }, ['postgres://analytics/db/s/t']],
    [{ prefix: 's3://lake/f', platform: 'postgres' }, ['postgres://analytics/db/s/v']],
    [{ prefix: 's3://lake/f', platform: 's3' }, []],
  ])('%j finds %j', async (query, keys) => {
    expect(await search(query as unknown as Record<string, string>, 2)).toEqual(keys)
  })

  it('one run that wrote an asset under two keys counts once', async () => {
    const card = await get('/asset', { key: 'postgres://db/s/t' })
    expect(card).toMatchObject({
      key: 'postgres://analytics/db/s/t',
      materializations: { SUCCEEDED: 1 },
      degree: { upstream: 1, downstream: 0 },
    })
    const history = await get('/asset/materializations', { namespace: 'postgres://10.0.0.5', name: 'db.s.t' })
    expect(history).toMatchObject({ key: 'postgres://analytics/db/s/t', items: [{ runId: 'two' }] })
  })

  it('runs and jobs name what they wrote by canonical keys', async () => {
    const written = ['postgres://analytics/db/s/t', 'postgres://analytics/db/s/u', 'postgres://analytics/db/s/v']
    expect(await get('/runs/two')).toMatchObject({ runs: [{ outputs: written, inputs: ['s3://lake/c'] }] })
    expect((await get('/jobs')).items).toMatchObject([{ outputCount: 8, outputs: expect.arrayContaining(written) }])
  })

  it('facts about any key are facts about the asset; the latest one wins', async () => {
    const [old, now] = ['s3://facts/orders', 's3://facts/o']
    const job = { namespace: 'facts', name: 'load', type: null }
    await record([
      buildAssetEvent({ key: now, change: 'ALIASED', alias: old, aliasSource: 'DECLARED' }),
      buildAssetEvent({
        key: now,
        change: 'STATED',
        description: 'Older',
        metadata: { a: '1', b: '1' },
        metrics: { n: 1 },
      }),
      buildAssetEvent({
        ...{ key: old, change: 'STATED', occurredAt: noon + 1 },
        ...{ description: 'Newer', metadata: { b: '2' }, metrics: { n: 2 } },
      }),
      buildMaterialization({ job, outputs: [old], runId: 'facts' }),
      buildJobEvent({ job, owners: ['team-orders'], lineage: [{ output: now, inputs: [old, 's3://facts/raw'] }] }),
    ])
    expect(await get('/asset', { key: old })).toMatchObject({
      ...{ key: now, description: 'Newer', metadata: { a: 1, b: 2 }, owners: ['team-orders'], ownersFrom: 'job' },
      ...{ metrics: [{ name: 'n', value: 2, run: null }], degree: { upstream: 0, downstream: 0 } },
    })
    expect(await get('/job', { jobNamespace: 'facts', jobName: 'load' })).toMatchObject({
      ...{ outputs: [now], declared: [{ output: now, inputs: [now, 's3://facts/raw'] }] },
    })
    expect(await get('/columns/lineage', { key: old })).toMatchObject({ root: { key: now } })
  })

  it('an answer contains the aliases up to its position', async () => {
    const { client, database: name } = database
    const before = await get('/asset', { key: 's3://lake/d' })
    expect(before.aliases).toEqual([])
    await projectEvents(database, [
      buildAssetEvent({ key: 's3://lake/d', change: 'ALIASED', alias: 's3://x/d', occurredAt: noon + 1 }),
    ])
    await client.insert({
      table: `${name}.folded_offsets`,
      values: [{ topic: 'log', partition: 0, last_offset: 9, recorded_at: 1_000 }],
      format: 'JSONEachRow',
    })
    expect(await get('/asset', { key: 's3://x/d', waitFor: 'log:0:9' })).toMatchObject({ key: 's3://lake/d' })
  })

  it('SQL rewrites authorities like the index', async () => {
    const segment = fc.constantFrom('analytics', '10.0.0.5', 'old', 'db', 's', 't', 'größe')
    const keys = fc
      .tuple(fc.constantFrom('postgres://', 'postgres:///'), fc.array(segment, { minLength: 1, maxLength: 5 }))
      .map(([start, parts]) => start + parts.join('/'))
    const { index } = (await opened.store.open()).aliases
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { minLength: 20, maxLength: 20 }), async (some) => {
        const rows = await opened.query<{ rewritten: string }>(
          'test',
          `SELECT ${rewritten('key', index)} AS rewritten FROM (SELECT arrayJoin({some:Array(String)}) AS key)`,
          { some, ...ruleParameters(index) },
        )
        expect(rows.map((row) => row.rewritten)).toEqual(some.map(index.rewrite))
      }),
      { numRuns: 10 },
    )
  })
})
