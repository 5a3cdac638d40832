import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { clickHouseConnection } from '@headwater/config'
import { createTestDatabase, eventually, type TestDatabase, testStack } from '@headwater/testing'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { createClickHouseStore } from '../../src/clickhouse/clickhouse-store.ts'
import { createClients } from '../../src/clickhouse/clients.ts'
import { createQuery, type Query } from '../../src/clickhouse/query.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** An API on the real ClickHouse whose costly questions take a minute. */
async function slowApi(deadlineMs: number) {
  const url = new URL(testStack().clickhouseUrl)
  const login = { url: url.origin, username: url.username || 'default', password: url.password }
  const clients = createClients({
    connect: (connections) => clickHouseConnection(login, undefined, connections),
    database: database.database,
    costlyAtOnce: 4,
    deadlineMs,
  })
  const query = createQuery(clients)
  const slow: Query = (name, sql, params, work) =>
    work?.cost === 'costly'
      ? query(
          name,
          `SELECT '${database.database}', sleepEachRow(1) FROM numbers(60) SETTINGS max_block_size = 1`,
          {},
          work,
        )
      : query(name, sql, params, work)
  const lane = { atOnce: 4, waiting: 4, waitMs: 60_000 }
  const limits = { costly: lane, cheap: { ...lane, atOnce: 50 }, deadlineMs, maxEventLoopDelayMs: 0 }
  const app = await buildApp({ store: createClickHouseStore(slow), limits })
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await app.close()
    await clients.close()
  })
  const { port } = app.server.address() as AddressInfo
  return { port, get: (path: string) => fetch(`http://127.0.0.1:${port}${path}`) }
}

const walk = '/api/v1/lineage?key=s3://a/b'

async function running(): Promise<number> {
  const result = await database.client.query({
    query: `SELECT count() AS n FROM system.processes WHERE query LIKE '%${database.database}%sleepEachRow%' AND query NOT LIKE '%system.processes%'`,
    format: 'JSONEachRow',
  })
  const [row] = await result.json<{ n: number }>()
  return Number(row?.n)
}

it('ClickHouse stops the queries of clients that went away', async () => {
  const { port } = await slowApi(60_000)
  const sockets = Array.from({ length: 4 }, () => connect(port, '127.0.0.1'))
  for (const socket of sockets) {
    await once(socket, 'connect')
    socket.write(`GET ${walk} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
  }
  await eventually(async () => expect(await running()).toBeGreaterThan(0))
  for (const socket of sockets) socket.destroy()
  await eventually(async () => expect(await running()).toBe(0))
})

it('ClickHouse stops the queries of questions at their deadline', async () => {
  const { get } = await slowApi(1_000)
  const answer = await get(walk)
  expect([answer.status, await answer.json()]).toMatchObject([504, { code: 'DEADLINE_EXCEEDED' }])
  await eventually(async () => expect(await running()).toBe(0))
})

it('with 60 costly questions at once, probes and cheap questions are answered', async () => {
  const { get } = await slowApi(10_000)
  const questions = Array.from({ length: 60 }, async () => (await get(walk)).status)
  await eventually(async () => expect((await get(walk)).status).toBe(503))
  for (const path of ['/livez', '/readyz', '/metrics', '/api/v1/runs?jobNamespace=a&jobName=b']) {
    expect((await get(path)).status, path).toBe(200)
  }
  expect((await get('/api/v1/asset?key=s3://a/b')).status).toBe(404)
  const statuses = await Promise.all(questions)
  expect(statuses.filter((status) => status === 503)).toHaveLength(52)
  expect(statuses.filter((status) => status === 504)).toHaveLength(8)
})
