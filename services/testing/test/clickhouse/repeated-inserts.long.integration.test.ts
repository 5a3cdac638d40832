import { createClient } from '@clickhouse/client'
import { buildApp, createClickHouseStore, createQuery } from '@headwater/api'
import { readRows } from '@headwater/clickhouse'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  buildAssetEvent,
  buildCheckEvent,
  buildJobEvent,
  buildMaterialization,
  type ClickHouseFault,
  type ClickHouseProxy,
  createTestDatabase,
  noon,
  projectEvents,
  startClickHouseProxy,
  type TestDatabase,
  tableContents,
  testStack,
} from '../../src/index.ts'

const closing: (() => Promise<unknown>)[] = []
let proxy: ClickHouseProxy
let [once, repeated]: TestDatabase[] = []

beforeAll(async () => {
  proxy = await startClickHouseProxy(testStack().clickhouseUrl)
  ;[once, repeated] = [await createTestDatabase(), await createTestDatabase()]
  closing.push(() => proxy.close(), once.drop, repeated.drop)
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

const [key, job] = ['s3://out', { namespace: 'shop', name: 'load', type: null }]
const events = [
  ...['a', 'b', 'c'].map((runId, n) =>
    buildMaterialization({ job, runId, inputs: ['s3://in', `s3://in/${n}`], outputs: [key], occurredAt: noon + n }),
  ),
  buildMaterialization({ job: 'read', runId: 'd', inputs: [key], outputs: ['s3://end'], state: 'FAILED' }),
  buildAssetEvent({ key, change: 'OWNED', owners: ['team'] }),
  buildAssetEvent({ key, change: 'ALIASED', alias: 's3://other' }),
  buildCheckEvent({ key, check: { name: 'rows', status: 'PASS' } }),
  buildJobEvent({ job: 'declaring', lineage: [{ output: 's3://report', inputs: [key] }] }),
]

/** An insert that is executed although its sender hears that it failed, or nothing within its patience. */
const faults: readonly ClickHouseFault[] = [
  { kind: 'codeAfter', code: 319 },
  { kind: 'codeAfter', code: 209 },
  { kind: 'resetAfter' },
  { kind: 'hold' },
]

const pages: readonly (readonly [string, Record<string, string>])[] = [
  ['asset', { key }],
  ['assets', {}],
  ['assets', { q: 'o' }],
  ['asset/materializations', { key }],
  ['aliases', { key }],
  ['jobs', {}],
  ['job', { jobNamespace: 'shop', jobName: 'load' }],
  ['runs', { jobNamespace: 'shop', jobName: 'load' }],
  ['runs/a', {}],
  ['lineage', { key, columns: 'true' }],
  ['lineage/diff', { key, from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }],
]

async function answersOf({ database }: TestDatabase): Promise<readonly unknown[]> {
  const client = createClient({ url: testStack().clickhouseUrl, database })
  const app = await buildApp({ store: createClickHouseStore(createQuery(client)) })
  const answers = []
  for (const [path, query] of pages) {
    const response = await app.inject({ url: `/api/v1/${path}`, query })
    const { lagMs: _, ...body } = response.json<{ lagMs: unknown }>()
    answers.push({ path, status: response.statusCode, body })
  }
  await app.close()
  await client.close()
  return answers
}

const countOf = async ({ client, database }: TestDatabase, modifier: string): Promise<number> => {
  const query = `SELECT toString(count()) AS n FROM \`${database}\`.run_facts ${modifier}`
  return Number((await readRows<{ n: string }>(client, { query }))[0]?.n)
}

it('repeated inserts of which nobody knew whether they happened leave no row twice', async () => {
  if (once === undefined || repeated === undefined) throw new Error('no tables')
  const { client, database } = repeated
  for (const table of ['run_facts', 'asset_facts', 'checks', 'job_facts'])
    await client.command({ query: `SYSTEM STOP MERGES \`${database}\`.${table}` }) // so that equal rows stay side by side
  await projectEvents(once, events)
  const impatient = createClient({ url: proxy.url, database, request_timeout: 2_000, log: { level: 127 } })
  closing.push(() => impatient.close())
  for (const fault of faults)
    for (const table of ['run_facts', '(?!run_facts|folded_offsets)\\w+', 'folded_offsets']) {
      proxy.answerWith(fault, { matching: new RegExp(`INSERT INTO \\S+\\.${table}\\b`) })
      await expect(projectEvents({ ...repeated, client: impatient }, events)).rejects.toMatchObject({ retryable: true })
      proxy.passOn()
      await projectEvents(repeated, events)
    }
  expect(await countOf(repeated, '')).toBeGreaterThan(4 * events.length)
  expect(await countOf(repeated, 'FINAL')).toBe(await countOf(once, 'FINAL'))
  expect(await tableContents(repeated)).toEqual(await tableContents(once))
  expect(await answersOf(repeated)).toEqual(await answersOf(once))
})
