import { createClient } from '@clickhouse/client'
import {
  buildAssetEvent,
  buildCheckEvent,
  buildMaterialization,
  type ClickHouseProxy,
  createTestDatabase,
  noon,
  projectEvents,
  startClickHouseProxy,
  type TestDatabase,
  testStack,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createClickHouseStore } from '../../src/clickhouse/clickhouse-store.ts'
import { createQuery } from '../../src/clickhouse/query.ts'

let tables: TestDatabase
let proxy: ClickHouseProxy
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  tables = await createTestDatabase()
  const job = { namespace: 'test', name: 'load', type: null }
  await projectEvents(tables, [
    buildMaterialization({ job, runId: 'a', inputs: ['s3://in'], outputs: ['s3://out'], occurredAt: noon }),
    buildMaterialization({ job, runId: 'b', inputs: ['s3://other'], outputs: ['s3://out'], occurredAt: noon + 1_000 }),
    buildMaterialization({ job: 'read', runId: 'c', inputs: ['s3://out'], outputs: ['s3://end'], state: 'FAILED' }),
    buildAssetEvent({ key: 's3://alone', change: 'OWNED', owners: ['team'] }),
    buildCheckEvent({ key: 's3://out', check: { name: 'rows', status: 'PASS' } }),
  ])
  proxy = await startClickHouseProxy(testStack().clickhouseUrl)
  closing.push(
    () => proxy.close(),
    () => tables.drop(),
  )
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

async function open(onSettingsRefused: () => void) {
  const client = createClient({ url: proxy.url, database: tables.database, log: { level: 127 } })
  const app = await buildApp({ store: createClickHouseStore(createQuery(client, { onSettingsRefused })) })
  closing.push(
    () => client.close(),
    () => app.close(),
  )
  return app
}

const key = 's3://out'
const job = { jobNamespace: 'test', jobName: 'load' }
const questions: readonly (readonly [string, Record<string, string>])[] = [
  ['/asset', { key }],
  ['/asset', { key: 's3://alone' }],
  ['/assets', {}],
  ['/assets', { q: 'o' }],
  ['/asset/materializations', { key }],
  ['/jobs', {}],
  ['/job', job],
  ['/runs', job],
  ['/runs/a', {}],
  ['/lineage', { key, columns: 'true' }],
  ['/lineage', { key, asOf: '2026-01-15T12:00:00.500Z', edges: 'ever' }],
  ['/lineage/diff', { key, from: '2026-01-15T12:00:00.500Z', to: '2026-01-16T00:00:00Z' }],
  ['/lineage/diff', { key, from: '2026-01-01T00:00:00Z', to: '2026-01-16T00:00:00Z' }],
]

it('answers the same to a user that refuses the settings of queries, as one with readonly = 1 does', async () => {
  const withSettings = await open(() => expect.unreachable())
  let refused = 0
  const withoutSettings = await open(() => refused++)
  for (const [path, query] of questions) {
    const url = `/api/v1${path}`
    proxy.passOn()
    const expected = await withSettings.inject({ url, query })
    proxy.answerWith(164, { matching: /max_execution_time|log_comment|optimize_aggregation|\bSETTINGS\b/ })
    const answer = await withoutSettings.inject({ url, query })
    expect([path, answer.statusCode]).toEqual([path, 200])
    const { lagMs: _, ...of } = answer.json<{ lagMs: unknown }>()
    const { lagMs: __, ...wanted } = expected.json<{ lagMs: unknown }>()
    expect([path, of]).toEqual([path, wanted])
  }
  expect(refused).toBe(1)
  expect((await withoutSettings.inject('/readyz')).statusCode).toBe(200)
})
