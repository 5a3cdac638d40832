import { createClient } from '@clickhouse/client'
import {
  buildMaterialization,
  type ClickHouseFault,
  type ClickHouseProxy,
  createTestDatabase,
  noon,
  projectEvents,
  propertyRuns,
  startClickHouseProxy,
  type TestDatabase,
  testStack,
} from '@headwater/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createClickHouseStore } from '../../src/clickhouse/clickhouse-store.ts'
import { createQuery } from '../../src/clickhouse/query.ts'

let tables: TestDatabase
let proxy: ClickHouseProxy
let app: FastifyInstance
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  tables = await createTestDatabase()
  await projectEvents(tables, [
    buildMaterialization({ job: 'load', runId: 'r', inputs: ['s3://in'], outputs: ['s3://out'], occurredAt: noon }),
  ])
  proxy = await startClickHouseProxy(testStack().clickhouseUrl)
  const client = createClient({ url: proxy.url, database: tables.database, log: { level: 127 } })
  app = await buildApp({ store: createClickHouseStore(createQuery(client)) })
  closing.push(
    () => app.close(),
    () => client.close(),
    () => proxy.close(),
    () => tables.drop(),
  )
})
afterAll(async () => {
  for (const close of closing) await close()
})

const key = 's3://out'
const job = { jobNamespace: 'test', jobName: 'load' }
const span = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }
const routes: readonly (readonly [string, Record<string, string>])[] = [
  ['/asset', { key }],
  ['/assets', {}],
  ['/assets', { q: 'out' }],
  ['/asset/materializations', { key }],
  ['/jobs', {}],
  ['/job', job],
  ['/runs/r', {}],
  ['/runs', job],
  ['/lineage', { key }],
  ['/lineage', { key, asOf: '2026-02-01T00:00:00Z', columns: 'true' }],
  ['/columns/lineage', { key }],
  ['/lineage/paths', { from: 's3://in', to: key }],
  ['/lineage/diff', { key, ...span }],
  ['/aliases', { key }],
  ['/aliases/suspicious', {}],
]
const ask = ([path, query]: (typeof routes)[number]) => app.inject({ url: `/api/v1${path}`, query })

/** Each route's answer while ClickHouse answers with the fault. */
async function answersDuring(fault: ClickHouseFault, matching?: RegExp) {
  proxy.answerWith(fault, matching === undefined ? {} : { matching })
  try {
    const answers = []
    for (const route of routes) {
      const answer = await ask(route)
      const { code } = answer.json<{ code?: string }>()
      answers.push({ route: route[0], status: answer.statusCode, code, retryAfter: answer.headers['retry-after'] })
    }
    return answers
  } finally {
    proxy.passOn()
  }
}

const unavailable = routes.map(([route]) => ({ route, status: 503, code: 'STORE_UNAVAILABLE', retryAfter: '2' }))

it('answers every route while ClickHouse is well', async () => {
  for (const route of routes) expect([route, (await ask(route)).statusCode]).toEqual([route, 200])
})

describe('while ClickHouse is in trouble, every route answers 503 with Retry-After', () => {
  const all = [243, 81, 497, 285, 286, 319, 225, 236, 394, 173, 201, 202, 75, 76, 499, 473, 745, 1001, 439, 60, 516]
  const codes = propertyRuns(1) === 1 ? all.slice(0, 3) : all // all of them in `npm run test:long`
  const faults: readonly ClickHouseFault[] = [
    ...codes.map((code) => ({ kind: 'code', code }) as const),
    { kind: 'code', code: 745, named: false },
    { kind: 'page', status: 502 },
    { kind: 'page', status: 504 },
    { kind: 'page', status: 200 },
    { kind: 'reset' },
  ]
  it.each(faults)('%j', async (fault) => {
    expect(await answersDuring(fault)).toEqual(unavailable)
  })

  /** What answers are made of, without the positions, horizons and aliases that each question reads before. */
  const facts = /^(?!.*\b(?:heartbeats|horizons|asset_aliases)\b)/s
  const cuts: readonly ClickHouseFault[] = [
    { kind: 'cut', how: 'chunked' },
    { kind: 'cut', how: 'length' },
    { kind: 'cut', how: 'clean' },
    { kind: 'midway', code: 241, tagged: true },
    { kind: 'midway', code: 243, tagged: false },
  ]
  it.each(cuts)('never a shorter list: %j', async (fault) => {
    const answers = await answersDuring(fault, facts)
    const withFacts = answers.filter(({ route }) => !route.startsWith('/aliases'))
    expect(withFacts.map(({ route, status }) => ({ route, status }))).toEqual(
      withFacts.map(({ route }) => ({ route, status: 503 })),
    )
  })
})

describe('/readyz', () => {
  const reasons = async (fault: number) => {
    proxy.answerWith(fault)
    const answer = await app.inject('/readyz')
    proxy.passOn()
    expect(answer.statusCode).toBe(503)
    return answer.json<{ code: string; reasons?: string[] }>()
  }

  it.each([
    [497, 'ACCESS_DENIED'],
    [164, 'READONLY'],
    [452, 'SETTING_CONSTRAINT_VIOLATION'],
    [516, 'AUTHENTICATION_FAILED'],
    [81, 'UNKNOWN_DATABASE'],
  ])('names what a person must change: %i', async (code, name) => {
    expect(await reasons(code)).toMatchObject({ code: 'NOT_READY', reasons: [expect.stringContaining(name)] })
  })

  it('answers STORE_UNAVAILABLE for what passes', async () => {
    expect(await reasons(243)).toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })
})
