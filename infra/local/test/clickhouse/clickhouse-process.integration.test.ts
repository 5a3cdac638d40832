import { existsSync, readdirSync } from 'node:fs'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClickHouseUnderTest, startClickHouse } from './clickhouse-under-test.ts'

let server: ClickHouseUnderTest
beforeAll(async () => {
  server = await startClickHouse()
})
afterAll(() => server?.close())

test('an engine killed while it inserts comes back with every insert it had acknowledged', async () => {
  const client = createClient({ url: server.url, max_open_connections: 4, log: { level: ClickHouseLogLevel.OFF } })
  await client.command({ query: 'CREATE TABLE kept (id UInt64) ENGINE = MergeTree ORDER BY id' })
  const acknowledged: number[] = []
  const insert = async (id: number): Promise<void> => {
    await client.insert({ table: 'kept', values: [{ id }], format: 'JSONEachRow' })
    acknowledged.push(id)
  }
  let failures = 0
  for (let round = 0; round < 2; round++) {
    const inserts = Array.from({ length: 60 }, (_, n) => insert(round * 1_000 + n).catch(() => failures++))
    await expect.poll(() => acknowledged.some((id) => id >= round * 1_000), { timeout: 20_000 }).toBe(true)
    server.process.kill('SIGKILL')
    await Promise.all(inserts)
    await server.process.ready()
  }
  const result = await client.query({ query: 'SELECT id FROM kept', format: 'JSONEachRow' })
  const stored = new Set((await result.json<{ id: number }>()).map(({ id }) => id))
  expect(failures).toBeGreaterThan(0)
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
  expect(server.process.restarts).toBe(2)
  await client.close()
})

test.runIf(existsSync('/dev/shm'))('memory that a killed engine held for bodies is given back', async () => {
  const alive = (name: string) => existsSync(`/proc/${/^headwater-(\d+)-/.exec(name)?.[1]}`)
  const folders = () => readdirSync('/dev/shm').filter((name) => /^headwater-\d+-/.test(name))
  server.process.kill('SIGKILL')
  await server.process.ready()
  expect(folders().filter((name) => !alive(name))).toEqual([])
})
