import { setTimeout as delay } from 'node:timers/promises'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClickHouseUnderTest, startClickHouse } from './clickhouse-under-test.ts'

let server: ClickHouseUnderTest
let client: ClickHouseClient
beforeAll(async () => {
  server = await startClickHouse()
  client = createClient({ ...quiet, url: server.url, request_timeout: 60_000, max_open_connections: 40 })
})
afterAll(async () => {
  await client?.close()
  await server?.close()
})

const ask = (init: RequestInit, path = '') =>
  fetch(server.address + path, { ...init, headers: { 'X-ClickHouse-Key': server.password } })
const quiet = { log: { level: ClickHouseLogLevel.OFF } } as const
const rows = async <T>(query: string, options: object = {}): Promise<T[]> =>
  (await client.query({ query, format: 'JSONEachRow', ...options })).json<T>()

const heavy = 'SELECT count() AS n FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))'
const running = async (marker: string): Promise<number> => {
  const found = await rows<{ n: string }>(
    `SELECT count() AS n FROM system.processes WHERE query LIKE '%${marker}%' AND query NOT LIKE '%system.processes%'`,
  )
  return Number(found[0]?.n)
}
async function until(condition: () => Promise<boolean>, deadlineMs = 10_000): Promise<void> {
  for (const end = Date.now() + deadlineMs; !(await condition()); await delay(50))
    if (Date.now() > end) throw new Error(`not so within ${deadlineMs} ms`)
}

describe('concurrency', () => {
  test('a slow query delays neither a ping nor another query', async () => {
    const abort = new AbortController()
    const slow = Promise.allSettled(
      [1, 2, 3].map((n) => rows(`${heavy} /* slow-${n} */`, { abort_signal: abort.signal })),
    )
    await until(async () => (await running('slow-')) === 3)
    const startedAt = Date.now()
    expect((await client.ping()).success).toBe(true)
    expect(await rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(Date.now() - startedAt).toBeLessThan(3_000)
    abort.abort()
    await slow
    await until(async () => (await running('slow-')) === 0)
  })

  test('a hundred queries at once are all answered, each with its own rows', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => rows(`SELECT ${n} AS n`)))
    expect(answers.map(([row]) => row)).toEqual(Array.from({ length: 100 }, (_, n) => ({ n })))
  })

  test('a query whose client gave up is cancelled, also when it carries its own log_comment', async () => {
    const abort = new AbortController()
    const query = `${heavy} /* gives-up */`
    const result = rows(query, { abort_signal: abort.signal, clickhouse_settings: { log_comment: 'mine' } })
    await until(async () => (await running('gives-up')) === 1)
    abort.abort()
    await expect(result).rejects.toThrow()
    await until(async () => (await running('gives-up')) === 0)
  })
})

describe('isolation of requests', () => {
  test('settings of a request are gone in the next', async () => {
    const clickhouse_settings = { max_threads: 1, max_block_size: 777 } as const
    const query = "SELECT getSetting('max_block_size') AS size"
    expect(await rows(query, { clickhouse_settings })).toEqual([{ size: 777 }])
    expect(await rows(query)).not.toEqual([{ size: 777 }])
  })

  test('settings in a statement, and parameters, are gone in the next of the same kind', async () => {
    const query = "SELECT getSetting('max_block_size') AS size"
    expect(await rows(`${query} SETTINGS max_block_size = 777`)).toEqual([{ size: 777 }])
    expect(await rows(query)).not.toEqual([{ size: 777 }])
    const ask = (v: string) => rows('SELECT {v:String} AS v', { query_params: { v } })
    expect(await ask('first')).toEqual([{ v: 'first' }])
    expect(await ask('second')).toEqual([{ v: 'second' }])
    await expect(rows('SELECT {v:String} AS v')).rejects.toMatchObject({ type: 'UNKNOWN_QUERY_PARAMETER' })
  })

  test('what a request sets, uses or creates for its session is gone in the next', async () => {
    await client.command({ query: 'SET max_block_size = 778' })
    await client.command({ query: 'CREATE TEMPORARY TABLE fleeting (a UInt8)' })
    await client.command({ query: 'USE system' })
    const query = "SELECT getSetting('max_block_size') AS size, currentDatabase() AS db"
    expect(await rows(query)).not.toEqual([{ size: 778, db: 'system' }])
    expect((await rows<{ db: string }>(query))[0]?.db).toBe('default')
    await expect(rows('SELECT * FROM fleeting')).rejects.toMatchObject({ type: 'UNKNOWN_TABLE' })
  })

  test('the database of a request is not that of the next', async () => {
    await client.command({ query: 'CREATE DATABASE IF NOT EXISTS `odd ``name`' })
    const other = createClient({ ...quiet, url: server.url, database: 'odd `name' })
    const query = { query: 'SELECT currentDatabase() AS db', format: 'JSONEachRow' } as const
    expect(await (await other.query(query)).json()).toEqual([{ db: 'odd `name' }])
    expect(await (await client.query(query)).json()).toEqual([{ db: 'default' }])
    await other.close()
  })

  test('an unknown database is an error of ClickHouse', async () => {
    const other = createClient({ ...quiet, url: server.url, database: 'nowhere' })
    await expect(other.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '81', type: 'UNKNOWN_DATABASE' })
    await other.close()
  })

  test('a session keeps its temporary tables and loses the settings of its requests', async () => {
    const session_id = `s-${crypto.randomUUID()}`
    await client.command({ query: 'CREATE TEMPORARY TABLE kept (a UInt8)', session_id })
    await client.insert({ table: 'kept', values: [{ a: 7 }], format: 'JSONEachRow', session_id })
    expect(await rows('SELECT a FROM kept', { session_id, clickhouse_settings: { max_threads: 1 } })).toEqual([
      { a: 7 },
    ])
    expect(await rows("SELECT changed FROM system.settings WHERE name = 'max_threads'", { session_id })).toEqual([
      { changed: 0 },
    ])
    await expect(rows('SELECT a FROM kept')).rejects.toMatchObject({ type: 'UNKNOWN_TABLE' })
  })

  test('a deduplication token does not stick to the insert after it', async () => {
    await client.command({
      query:
        'CREATE TABLE tokens (a UInt8) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100',
    })
    const insert = (token?: string) =>
      client.insert({
        table: 'tokens',
        values: [{ a: 1 }],
        format: 'JSONEachRow',
        ...(token ? { clickhouse_settings: { insert_deduplication_token: token } } : {}),
      })
    await insert('t1')
    await insert('t1')
    expect(await rows('SELECT count() AS n FROM tokens')).toEqual([{ n: 1 }])
    await insert('t2')
    await insert('t3')
    expect(await rows('SELECT count() AS n FROM tokens')).toEqual([{ n: 3 }])
  })
})

describe('errors', () => {
  test.each([
    ['SELECT 1 +', 400, '62', 'SYNTAX_ERROR'],
    ['SELECT nope', 404, '47', 'UNKNOWN_IDENTIFIER'],
    ['SELECT * FROM nowhere', 404, '60', 'UNKNOWN_TABLE'],
    ['SELECT throwIf(1)', 500, '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
    ['SELECT 1; SELECT 2', 400, '62', 'SYNTAX_ERROR'],
    [
      'SELECT sleepEachRow(1) FROM numbers(30) SETTINGS max_execution_time = 1, max_block_size = 1',
      408,
      '159',
      'TIMEOUT_EXCEEDED',
    ],
  ])('%s', async (query, status, code, type) => {
    await expect(client.query({ query, format: 'JSONEachRow' })).rejects.toMatchObject({ code, type })
    const response = await ask({ method: 'POST', body: query })
    const text = await response.text()
    expect(response.headers.get('x-clickhouse-exception-code')).toBe(code)
    expect(text).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: .*\\(${type}\\)`, 's'))
    expect(response.status).toBe(status)
  })

  test('an unknown setting is refused', async () => {
    const clickhouse_settings = { no_such_setting: 1 } as never
    await expect(rows('SELECT 1', { clickhouse_settings })).rejects.toMatchObject({ type: 'UNKNOWN_SETTING' })
  })

  test('a failure in the middle of a result fails the reading of it', async () => {
    const query = 'SELECT throwIf(number = 1900000) AS a, toString(number) AS s FROM numbers(2000000)'
    await expect(rows(query)).rejects.toThrow()
  })

  test('a semicolon at the end, or inside a string, does not start a second statement', async () => {
    expect(await rows("SELECT ';' AS a")).toEqual([{ a: ';' }])
    const response = await ask({ method: 'POST', body: "SELECT ';' -- ; SELECT 2\n ; " })
    expect(await response.text()).toBe(';\n')
  })

  test('a GET may not change anything', async () => {
    const response = await ask({}, `/?query=${encodeURIComponent('CREATE TABLE got (a UInt8) ENGINE = Memory')}`)
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('164')
  })
})
