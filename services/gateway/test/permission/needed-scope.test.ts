import { buildAssetEvent, buildCheckEvent, buildJobEvent, buildMaterialization } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { neededScope } from '../../src/permission/needed-scope.ts'
import { guardedGateway, keyOf } from './guarded-gateway.ts'

const [key, alias] = ['clickhouse://elsewhere', 'clickhouse://local']
const authority = { type: 'AssetEvent', key, change: 'ALIASED', alias, aliasSource: 'AUTHORITY' }
const described = { type: 'AssetEvent', key: 's3://lake/a', change: 'TAGGED', tags: ['gold'] }

describe('the scope that an event needs', () => {
  it.each([
    ['ALIASED', 'DECLARED', 'admin'],
    ['ALIASED', 'AUTHORITY', 'admin'],
    ['UNALIASED', 'DECLARED', 'admin'],
    ['UNALIASED', 'AUTHORITY', 'admin'],
    ['ALIASED', 'SYMLINK', 'ingest'],
    ['ALIASED', 'TABLE_SYMLINK', 'ingest'],
    ['UNALIASED', 'SYMLINK', 'ingest'],
    ['DROPPED', 'DECLARED', 'ingest'],
    ['RENAMED', 'AUTHORITY', 'ingest'],
    ['POLICY_SET', 'DECLARED', 'ingest'],
  ] as const)('%s with the source %s: %s', (change, aliasSource, scope) => {
    expect(neededScope(buildAssetEvent({ key, change, alias, aliasSource }))).toBe(scope)
  })

  it('is ingest for runs, checks and jobs', () => {
    const events = [buildMaterialization(), buildJobEvent({ job: 'a' }), buildCheckEvent({ key, check: {} })]
    expect(events.map(neededScope)).toEqual(['ingest', 'ingest', 'ingest'])
  })
})

describe('POST /api/v1/events', () => {
  it('refuses with 403 an alias of people that a key without admin reports, and stores nothing', async () => {
    const { post, log, app } = await guardedGateway(keyOf(['ingest', 'read']))
    for (const source of [{ aliasSource: 'AUTHORITY' }, { aliasSource: 'DECLARED' }, { aliasSource: undefined }]) {
      for (const change of ['ALIASED', 'UNALIASED']) {
        const answer = await post('/api/v1/events', { ...authority, change, ...source })
        expect(answer.statusCode).toBe(403)
        expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope", scope="admin"')
        expect(answer.json()).toMatchObject({
          ...{ code: 'FORBIDDEN', reason: 'missing_scope', required: 'admin', held: ['ingest', 'read'] },
          errors: [{ pointer: '/change', detail: expect.stringContaining('needs the scope admin') }],
        })
      }
    }
    expect(log.events).toEqual([])
    const { body } = await app.inject('/metrics')
    expect(body).toContain('headwater_access_refused_total{reason="missing_scope"} 6\n')
    expect(body).toContain('headwater_gateway_events_total{source="native",result="forbidden"} 6\n')
  })

  it('stores the other events of an array, and lists the refused ones by index', async () => {
    const { post, log } = await guardedGateway(keyOf(['ingest']))
    const answer = await post('/api/v1/events', [
      described,
      authority,
      described,
      { ...authority, change: 'UNALIASED' },
    ])
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      summary: { received: 4, successful: 2, failed: 2, retriable: 0 },
      failed_events: [
        { index: 1, reason: expect.stringMatching(/^FORBIDDEN: ALIASED .* needs the scope admin/), retriable: false },
        { index: 3, retriable: false },
      ],
    })
    expect(log.events.map(({ event }) => 'change' in event && event.change)).toEqual(['TAGGED', 'TAGGED'])
  })

  it('refuses it in an array of one, and to a token as to a key', async () => {
    const { post, log } = await guardedGateway({ kind: 'token', subject: 'ada', scopes: ['ingest'] })
    expect((await post('/api/v1/events', [authority])).json()).toMatchObject({ summary: { failed: 1 } })
    expect((await post('/api/v1/events', authority)).statusCode).toBe(403)
    expect(log.events).toEqual([])
  })

  it('accepts it with admin, and while access is open', async () => {
    for (const principal of [keyOf(['admin']), keyOf(['ingest', 'admin']), undefined]) {
      const { post, log } = await guardedGateway(principal)
      expect((await post('/api/v1/events', authority)).statusCode).toBe(201)
      expect(log.events).toHaveLength(1)
    }
  })
})

describe('POST /api/v1/lineage', () => {
  it('makes no other aliases of symlinks than those of tools, which need ingest', async () => {
    const { post, log } = await guardedGateway(keyOf(['ingest']))
    const identifiers = ['TABLE', 'LOCATION', 'AUTHORITY', 'DECLARED'].map((type) => ({
      ...{ namespace: 'hive://m:9083', name: `db.${type}`, type, aliasSource: 'AUTHORITY', source: 'DECLARED' },
    }))
    const dataset = { namespace: 's3://lake', name: 'a', facets: { symlinks: { identifiers } } }
    const event = { eventTime: '2026-01-15T12:00:00Z', producer: 'test', dataset }
    expect((await post('/api/v1/lineage', event)).statusCode).toBe(201)
    const sources = log.events.flatMap(({ event }) =>
      'aliasSource' in event && event.change === 'ALIASED' ? [event.aliasSource] : [],
    )
    expect(new Set(sources)).toEqual(new Set(['TABLE_SYMLINK', 'SYMLINK']))
    expect(sources).toHaveLength(4)
  })
})
