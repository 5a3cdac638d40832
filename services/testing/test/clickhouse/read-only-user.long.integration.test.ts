import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@clickhouse/client'
import { buildApp, createClickHouseStore, createQuery } from '@headwater/api'
import { startStack } from '@headwater/local'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runHeadwater } from '../../../cli/test/run-headwater.ts'
import {
  buildAssetEvent,
  buildCheckEvent,
  buildMaterialization,
  createTestDatabase,
  noon,
  projectEvents,
  testStack,
} from '../../src/index.ts'

// The tables are written by the embedded ClickHouse; then the same engine opens them for a user whose profile has readonly = 1.

const closing: (() => Promise<unknown>)[] = []
let home: string
let database: string
let url: string
const expected: unknown[] = []
let refusals = 0

const [key, job] = ['s3://out', { jobNamespace: 'test', jobName: 'load' }]
const moment = { asOf: '2026-01-15T12:00:00.500Z' }
const questions: readonly (readonly [string, Record<string, string>])[] = [
  ['/asset', { key }],
  ['/asset', { key: 's3://alone' }],
  ['/assets', {}],
  ['/assets', { q: 'o', limit: '2' }],
  ['/asset/materializations', { key }],
  ['/aliases', { key }],
  ['/aliases/suspicious', {}],
  ['/jobs', {}],
  ['/jobs', { q: 'load', ...moment }],
  ['/job', job],
  ['/runs', job],
  ['/runs/{id}', { id: 'a' }],
  ['/lineage', { key, columns: 'true' }],
  ['/lineage', { key, edges: 'ever', ...moment }],
  ['/lineage/paths', { from: 's3://in', to: 's3://end' }],
  ['/lineage/diff', { key, from: moment.asOf, to: '2026-01-16T00:00:00Z' }],
  ['/columns/lineage', { key }],
]

async function open(at: { url: string; username?: string; password?: string }) {
  const client = createClient({ ...at, database, log: { level: 127 } })
  const query = createQuery(client, { onSettingsRefused: () => refusals++ })
  const app = await buildApp({ store: createClickHouseStore(query) })
  closing.push(
    () => client.close(),
    () => app.close(),
  )
  return app
}
type App = Awaited<ReturnType<typeof open>>

async function answerTo(app: App, [path, { id = '', ...query }]: (typeof questions)[number]) {
  const answer = await app.inject({ url: `/api/v1${path.replace('{id}', id)}`, query })
  const { lagMs: _, ...body } = answer.json<{ lagMs: unknown }>()
  return { path, status: answer.statusCode, body }
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'headwater-read-only-'))
  closing.push(() => rm(home, { recursive: true, force: true }))
  const { kafkaBrokers, schemaRegistryUrl } = testStack()
  const external = { kafkaBrokers, schemaRegistryUrl }
  const stack = await startStack({ home, ports: { clickhouse: 0 }, external, env: process.env })
  closing.push(() => stack.stop())
  const { username = '', password = '' } = stack.clickhouseLogin ?? {}
  const address = new URL(stack.addresses.clickhouseUrl)
  Object.assign(address, { username, password })
  const tables = await createTestDatabase(address.href)
  database = tables.database
  const load = { namespace: 'test', name: 'load', type: null }
  await projectEvents(tables, [
    buildMaterialization({ job: load, runId: 'a', inputs: ['s3://in'], outputs: [key], occurredAt: noon }),
    buildMaterialization({ job: load, runId: 'b', inputs: ['s3://other'], outputs: [key], occurredAt: noon + 1_000 }),
    buildMaterialization({ job: 'read', runId: 'c', inputs: [key], outputs: ['s3://end'] }),
    buildAssetEvent({ key: 's3://alone', change: 'OWNED', owners: ['team'] }),
    buildCheckEvent({ key, check: { name: 'rows', status: 'PASS' } }),
  ])
  const app = await open({ url: stack.addresses.clickhouseUrl, username, password })
  for (const question of questions) expected.push(await answerTo(app, question))
  await tables.client.close()
  await stack.stop()
  url = await startReadOnly(join(home, 'clickhouse'))
}, 120_000)
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

async function startReadOnly(data: string): Promise<string> {
  const users = `<clickhouse>
    <profiles><default><readonly>1</readonly></default></profiles><quotas><default/></quotas>
    <users><default>
      <password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
    </default></users>
  </clickhouse>`
  await writeFile(join(home, 'users.xml'), users)
  const config = join(home, 'config.xml')
  await writeFile(config, `<clickhouse><users_config>${join(home, 'users.xml')}</users_config></clickhouse>`)
  const program = fileURLToPath(new URL('programs/read-only-server.mjs', import.meta.url))
  const child = spawn(process.execPath, [program, data, config], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  closing.push(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return `http://127.0.0.1:${port.toString().trim()}`
}

it('asks every route', async () => {
  const described = await readFile(new URL('../../../api/openapi.json', import.meta.url), 'utf8')
  const paths = Object.keys((JSON.parse(described) as { paths: object }).paths)
  const asked = questions.map(([path]) => `/api/v1${path}`)
  expect(paths.filter((path) => path.startsWith('/api/v1') && !asked.includes(path))).toEqual([])
})

it('the engine itself refuses settings and changes', async () => {
  const client = createClient({ url, database, log: { level: 127 } })
  closing.push(() => client.close())
  const refused = { message: expect.stringMatching(/readonly/i) }
  await expect(client.query({ query: 'SELECT 1', clickhouse_settings: { join_use_nulls: 1 } })).rejects.toMatchObject(
    refused,
  )
  await expect(client.query({ query: 'SELECT 1 SETTINGS join_use_nulls = 1' })).rejects.toMatchObject(refused)
  await expect(client.command({ query: 'TRUNCATE TABLE run_facts' })).rejects.toMatchObject(refused)
})

it('every route answers as to a user who may set what it wants, and is ready', async () => {
  const app = await open({ url })
  expect(await app.inject('/readyz')).toMatchObject({ statusCode: 200 })
  const answers = []
  for (const question of questions) answers.push(await answerTo(app, question))
  expect(answers).toEqual(expected)
  expect(answers.map(({ path, status }) => ({ path, status }))).toEqual(
    questions.map(([path]) => ({ path, status: 200 })),
  )
  expect(refusals).toBe(1)
})

it('doctor finds ClickHouse and the API well', async () => {
  const app = await open({ url })
  const api = await app.listen({ host: '127.0.0.1', port: 0 })
  const { kafkaBrokers, schemaRegistryUrl } = testStack()
  const { stdout } = await runHeadwater(['doctor', '--json'], {
    ...{ PATH: process.env['PATH'], HEADWATER_HOME: join(home, 'none'), HEADWATER_API_URL: api },
    ...{ CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: database },
    ...{ KAFKA_BROKERS: kafkaBrokers, SCHEMA_REGISTRY_URL: schemaRegistryUrl },
  })
  const { findings } = JSON.parse(stdout) as { findings: { name: string; ok: boolean; detail: string }[] }
  expect(findings.filter(({ name }) => name === 'ClickHouse' || name === 'API')).toMatchObject([
    { name: 'ClickHouse', ok: true },
    { name: 'API', ok: true },
  ])
})
