import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
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

const quiet = { log: { level: ClickHouseLogLevel.OFF } } as const
const rows = async <T>(query: string, options: object = {}): Promise<T[]> =>
  (await client.query({ query, format: 'JSONEachRow', ...options })).json<T>()

async function until(condition: () => Promise<boolean>, deadlineMs = 10_000): Promise<void> {
  for (const end = Date.now() + deadlineMs; !(await condition()); await delay(50))
    if (Date.now() > end) throw new Error(`not so within ${deadlineMs} ms`)
}

describe('parameters', () => {
  const query_params = {
    text: 'it\'s "quoted" \\ back\tslash\nline é 🌊',
    number: 42,
    many: ['a', "b'c", 'd\\e'],
    when: new Date('2026-01-02T03:04:05.678Z'),
    nothing: null,
    map: new Map([['k', 'v']]),
    table: 'one',
  }
  const query = `SELECT {text:String} AS text, {number:UInt64} AS number, {many:Array(String)} AS many,
    {when:DateTime64(3, 'UTC')} AS when, {nothing:Nullable(String)} AS nothing, {map:Map(String, String)} AS map
    FROM system.{table:Identifier}`
  const expected = [
    {
      text: query_params.text,
      number: 42,
      many: query_params.many,
      when: '2026-01-02 03:04:05.678',
      nothing: null,
      map: { k: 'v' },
    },
  ]

  test('come back as they went, in the URL', async () => {
    expect(await rows(query, { query_params })).toEqual(expected)
  })

  test('come back as they went, as fields of a form', async () => {
    expect(await rows(query, { query_params, use_multipart_params: true })).toEqual(expected)
  })

  test('may be longer than any query', async () => {
    const text = 'x'.repeat(600_000)
    const query_params = { text }
    expect(await rows('SELECT length({text:String}) AS n', { query_params, use_multipart_params: true })).toEqual([
      { n: 600000 },
    ])
  })

  test('of many queries at once do not mix', async () => {
    const ask = (n: number) => rows<{ v: number }>('SELECT {v:UInt32} AS v', { query_params: { v: n } })
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => ask(n)))
    expect(answers.map(([row]) => row?.v)).toEqual(Array.from({ length: 60 }, (_, n) => n))
  })
})

describe('inserts', () => {
  beforeAll(() =>
    client.command({
      query: 'CREATE TABLE bytes (id UInt32, data String, `values` UInt8 DEFAULT 0) ENGINE = MergeTree ORDER BY id',
    }),
  )
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, n) => n))
  const binaryRow = (id: number) => {
    const head = Buffer.alloc(4)
    head.writeUInt32LE(id)
    return Buffer.concat([head, Buffer.from([0x80, 0x02]), everyByte])
  }
  const stored = (id: number) => rows(`SELECT hex(data) AS hex FROM bytes WHERE id = ${id}`)

  test.each([
    ['INSERT INTO bytes (id, data) FORMAT RowBinary'],
    ['INSERT INTO bytes (id, data) SETTINGS async_insert = 0 FORMAT RowBinary'],
    ['insert into default.bytes(id, data)\nsettings async_insert=0, max_threads=1\nformat RowBinary\n'],
    ['/* the word SELECT */ INSERT INTO `bytes` (id, data) FORMAT RowBinary;'],
  ])('keep every byte: %s', async (query) => {
    const id = Math.floor(Math.random() * 2 ** 32)
    const { stream } = await client.exec({ query, values: Readable.from([binaryRow(id)], { objectMode: false }) })
    stream.resume()
    await until(async () => (await stored(id)).length === 1)
    expect(await stored(id)).toEqual([{ hex: everyByte.toString('hex').toUpperCase() }])
  })

  test('take a column named like a keyword', async () => {
    const query = 'INSERT INTO bytes (id, data, values) FORMAT JSONEachRow'
    const values = Readable.from(['{"id":5,"data":"SELECT 1; VALUES (","values":9}\n'], { objectMode: false })
    await client.command({ query, values } as never)
    const { stream } = await client.exec({ query, values: Readable.from(['{"id":6,"data":"d","values":8}\n']) })
    stream.resume()
    await until(async () => (await stored(6)).length === 1)
    expect(await rows('SELECT values FROM bytes WHERE id = 6')).toEqual([{ values: 8 }])
  })

  test('take rows in the statement itself', async () => {
    await client.command({ query: `INSERT INTO bytes (id, data) VALUES (10, 'a;b'), (11, 'FORMAT CSV')` })
    await client.command({ query: 'INSERT INTO bytes (id, data) FORMAT JSONEachRow {"id":12,"data":"SELECT"}' })
    await client.command({ query: "INSERT INTO bytes (id, data) SELECT 13, 'x' FROM numbers(1)" })
    expect(await rows('SELECT data FROM bytes WHERE id IN (10, 11, 12, 13) ORDER BY id')).toEqual([
      { data: 'a;b' },
      { data: 'FORMAT CSV' },
      { data: 'SELECT' },
      { data: 'x' },
    ])
  })

  test('take a long list of values', async () => {
    const values = Array.from({ length: 30_000 }, (_, n) => `(${100_000 + n}, 'some text to make it long')`).join(',')
    await client.command({ query: `INSERT INTO bytes (id, data) VALUES ${values}` })
    const counted = await rows('SELECT count() AS n FROM bytes WHERE id >= 100000 AND id < 130000')
    expect(counted).toEqual([{ n: 30000 }])
  })

  test('are answered with the number of rows written', async () => {
    const values = [1, 2, 3].map((n) => ({ id: 50 + n, data: 's' }))
    const { summary } = await client.insert({ table: 'bytes', values, format: 'JSONEachRow' })
    expect(summary?.written_rows).toBe('3')
  })

  test('fail with the error of ClickHouse when rows do not parse, and leave nothing behind', async () => {
    const values = Readable.from(['{"id":70}\n{"id":"no number"}\n'], { objectMode: false })
    const query = 'INSERT INTO bytes (id) FORMAT JSONEachRow'
    await expect(client.exec({ query, values })).rejects.toBeInstanceOf(ClickHouseError)
    expect(await stored(70)).toEqual([])
  })

  test('cut short by the client write nothing', async () => {
    const abort = new AbortController()
    async function* halting() {
      yield '{"id":71,"data":"never"}\n'
      await delay(200)
      abort.abort()
      await delay(60_000, undefined, { ref: false })
    }
    const values = Readable.from(halting(), { objectMode: false })
    const query = 'INSERT INTO bytes (id, data) FORMAT JSONEachRow'
    await expect(client.exec({ query, values, abort_signal: abort.signal })).rejects.toThrow()
    expect(await stored(71)).toEqual([])
  })
})

describe('compression', () => {
  test.each([
    { request: true, response: false },
    { request: false, response: true },
    { request: true, response: true },
  ])('request $request, response $response', async (compression) => {
    const zipped = createClient({ ...quiet, url: server.url, compression })
    const table = `zip_${compression.request}_${compression.response}`
    await zipped.command({ query: `CREATE TABLE ${table} (a UInt32, s String) ENGINE = MergeTree ORDER BY a` })
    const values = Array.from({ length: 5_000 }, (_, a) => ({ a, s: `row ${a}` }))
    await zipped.insert({ table, values, format: 'JSONEachRow' })
    const result = await zipped.query({ query: `SELECT * FROM ${table} ORDER BY a`, format: 'JSONEachRow' })
    expect(await result.json()).toEqual(values)
    await expect(zipped.query({ query: 'SELECT nope' })).rejects.toMatchObject({ type: 'UNKNOWN_IDENTIFIER' })
    await zipped.close()
  })

  test('a gzipped body cut short is refused, and the server goes on', async () => {
    const body = gzipSync('SELECT 1').subarray(0, 12)
    const response = await fetch(server.address, {
      method: 'POST',
      body,
      headers: { 'Content-Encoding': 'gzip', 'X-ClickHouse-Key': server.password },
    })
    expect(response.status).toBe(400)
    expect(gunzipSync(gzipSync('x')).toString()).toBe('x')
    expect(await rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

describe('results', () => {
  test('in JSON have their meta, rows and statistics', async () => {
    const json = await (await client.query({ query: 'SELECT number FROM numbers(3)', format: 'JSON' })).json<object>()
    expect(json).toMatchObject({ rows: 3, meta: [{ name: 'number', type: 'UInt64' }] })
  })

  test('in RowBinary are the bytes', async () => {
    const { stream } = await client.exec({ query: 'SELECT toUInt32(number) FROM numbers(3) FORMAT RowBinary' })
    const parts: Buffer[] = []
    for await (const part of stream) parts.push(part as Buffer)
    expect(Buffer.concat(parts).toString('hex')).toBe('000000000100000002000000')
  })

  test('of many rows come while the query runs', async () => {
    const query = 'SELECT number, toString(sipHash64(number)) AS hash FROM numbers(2000000)'
    const result = await client.query({ query, format: 'JSONEachRow' })
    let count = 0
    for await (const part of result.stream()) count += part.length
    expect(count).toBe(2_000_000)
  })

  test('below a limit are complete, and above it are refused or cut as the settings demand', async () => {
    const limited = (mode: 'throw' | 'break') => ({
      clickhouse_settings: { max_result_rows: '1000', result_overflow_mode: mode, max_block_size: '100' },
    })
    const of = (count: number) => `SELECT number FROM numbers(${count})`
    expect(await rows(of(1_000), limited('throw'))).toHaveLength(1_000)
    await expect(rows(of(5_000), limited('throw'))).rejects.toMatchObject({ code: '396' })
    expect((await rows(of(5_000), limited('break'))).length).toBeLessThan(5_000)
  })

  test('without rows are empty', async () => {
    expect(await rows('SELECT 1 AS one WHERE 0')).toEqual([])
    expect(await rows('SELECT 1 AS one WHERE 0', { format: 'JSONCompactEachRow' })).toEqual([])
  })

  test('of statements other than SELECT come too', async () => {
    expect((await rows('SHOW DATABASES')).length).toBeGreaterThan(1)
    expect(await rows('EXISTS TABLE system.one')).toEqual([{ result: 1 }])
    expect((await rows('DESCRIBE TABLE system.one')).length).toBe(1)
    expect((await rows('WITH 5 AS x SELECT x')).length).toBe(1)
    expect((await rows('(SELECT 1 AS a) UNION ALL (SELECT 2 AS a)')).length).toBe(2)
  })

  test('say their format, query id and that they are complete', async () => {
    const response = await fetch(`${server.address}/?query_id=q-1&wait_end_of_query=1&password=${server.password}`, {
      method: 'POST',
      body: 'SELECT 1 FORMAT CSV',
    })
    expect(await response.text()).toBe('1\n')
    expect(response.headers.get('x-clickhouse-query-id')).toBe('q-1')
    expect(response.headers.get('x-clickhouse-format')).toBe('CSV')
  })
})
