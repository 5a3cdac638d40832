import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowedEngines } from '../../../src/clickhouse/confinement/engine-config.ts'
import { allowedTableFunctions } from '../../../src/clickhouse/confinement/find-escape.ts'
import { type ClickHouseUnderTest, startClickHouse } from '../clickhouse-under-test.ts'
import { escapes } from './escapes.ts'
import { ordinaryStatements } from './ordinary-statements.ts'

// Each way out of ClickHouse's own folder that its documentation names, tried on the real engine: nothing is read, written, run or
// connected to, whatever the answer is.

const secret = 'TOP-SECRET-17'
let clickhouse: ClickHouseUnderTest
let outside: string
let connections = 0
const server = createServer((socket) => {
  connections++
  socket.destroy()
}).listen(0, '127.0.0.1')
const port = () => (server.address() as { port: number }).port

beforeAll(async () => {
  clickhouse = await startClickHouse()
  outside = join(clickhouse.home, 'outside')
  mkdirSync(join(outside, 'written'), { recursive: true })
  writeFileSync(join(outside, 'secret.txt'), `${secret}\n`)
  writeFileSync(join(outside, 'run.sh'), `#!/bin/sh\necho ${secret}; touch '${outside}/written/run'\n`)
  chmodSync(join(outside, 'run.sh'), 0o755)
  await ask('CREATE TABLE t (a Int32, s String) ENGINE = MergeTree ORDER BY a')
  await ask("INSERT INTO t VALUES (1, 'x')")
})
afterAll(async () => {
  server.close()
  await clickhouse.close()
})

async function ask(sql: string, settings: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams(settings)
  const headers = { 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': clickhouse.password }
  const answer = await fetch(`${clickhouse.address}/?${query}`, { method: 'POST', body: sql, headers })
  return { status: answer.status, text: await answer.text() }
}

/** `$S` a file with a secret, `$W` a folder to write to, `$O` the folder of both, `$P` a port that counts connections. */
const filled = (sql: string) =>
  sql
    .replaceAll('$S', join(outside, 'secret.txt'))
    .replaceAll('$W', join(outside, 'written'))
    .replaceAll('$O', outside)
    .replaceAll('$P', String(port()))

async function expectConfined(sql: string, settings: Readonly<Record<string, string>> = {}): Promise<number> {
  const before = connections
  const { status, text } = await ask(filled(sql), settings)
  expect({ sql, read: text.includes(secret) }).toEqual({ sql, read: false })
  expect({ sql, written: readdirSync(join(outside, 'written')) }).toEqual({ sql, written: [] })
  expect({ sql, connections }).toEqual({ sql, connections: before })
  expect(existsSync(join(outside, 'secret.txt'))).toBe(true)
  return status
}

describe('out of its folder', () => {
  it.each(escapes)('%s is refused', async (sql) => {
    expect(await expectConfined(sql)).toBeGreaterThanOrEqual(400)
  })

  it('no value of an insert is evaluated', async () => {
    await expectConfined("INSERT INTO t VALUES (2, file('$S'))")
    await expectConfined("INSERT INTO t FORMAT Values (3, `file`('$S'))")
    await expectConfined("SELECT * FROM format(Values, 'a String', '(file(\\'$S\\'))')")
    await expectConfined(
      "INSERT INTO t VALUES (4, (SELECT * FROM format(Values, 'a String', concat('(fi', 'le(\\'$S\\'))'))))",
    )
    await expectConfined("INSERT INTO t VALUES (5, `\\x66ile`('$S'))")
    await expectConfined("INSERT INTO t SELECT 6, * FROM format(Values, 'a String', concat('(fi', 'le(\\'$S\\'))'))")
    await expectConfined("INSERT INTO t SETTINGS input_format_values_interpret_expressions = 1 VALUES (7, file('$S'))")
    await expectConfined("INSERT INTO t VALUES (8, file('$S'))", { session_id: 'one' })
    const doubled = "format(Values, 'a String', concat('(fi', 'le(''$S''))'))" // without a backslash
    await expectConfined(`INSERT INTO t SELECT 9, * FROM ${doubled}`)
    await expectConfined(`INSERT INTO t SELECT 10, a FROM ${doubled} WHERE a != 'values (1)'`)
    await expectConfined(`INSERT INTO t WITH 1 AS values SELECT 11, a FROM ${doubled}`)
    await expectConfined(`INSERT INTO t SETTINGS compatibility = '19.1' SELECT 12, * FROM ${doubled}`)
    await expectConfined('SELECT s FROM t')
  })

  it('no text in the rows of an insert ends where it was not written to end', async () => {
    const types =
      `UInt8 Int64 UInt256 Float64 BFloat16 Decimal(9,2) Bool Date Date32 DateTime DateTime64(3) Time UUID IPv4 IPv6 String
      FixedString(3) Enum8('1'=1) Array(UInt8) Array(String) Map(String,UInt8) Tuple(UInt8) Nullable(UInt8) Nullable(Date)
      LowCardinality(String) IntervalDay Point Variant(UInt8,String) Dynamic JSON`.split(/\s+/)
    for (const type of types) {
      await ask(`CREATE OR REPLACE TABLE typed (x ${type}, s String) ENGINE = Memory`)
      for (const value of [
        "'1,file(',$S,')'",
        "'1',file(',$S,')",
        "['1,file(',$S,')']",
        "'2020-01-01,file(', '$S', ')'",
      ]) {
        await expectConfined(`INSERT INTO typed VALUES (${value})`)
        await expectConfined(`INSERT INTO typed FORMAT Values (${value}, '')`)
      }
    }
    await expectConfined("INSERT INTO t VALUES (1 + 1, 'a file'), (1 + 2, file('$S'))")
    await expectConfined("INSERT INTO t VALUES (1 + 1, 'a file' /* ' */), (1 + 2, file('$S') /* ' */)")
    await expectConfined("INSERT INTO t VALUES (1 + 1, 'a file' -- '\n), (1 + 2, file('$S'))")
    await expectConfined("INSERT INTO t VALUES (1 + 1, ‘a' file’), (1 + 2, concat('', file('$S')))")
    await expectConfined("INSERT INTO t VALUES (1 + 1, $$'$$), (1 + 2, file('$S')), (3, ' file')")
    await expectConfined('SELECT s FROM t')
  })

  it('no parameter becomes a file', async () => {
    await expectConfined('SELECT * FROM {p:Identifier}', { param_p: filled('$S') })
    await expectConfined('SELECT * FROM {d:Identifier}.{p:Identifier}', { param_d: 'default', param_p: filled('$S') })
  })

  it.each([
    ...['format_schema', 'format_template_resultset', 'format_template_row', 'input_format_record_errors_file_path'],
    ...[
      'dialect',
      'output_format_schema',
      'input_format_values_interpret_expressions',
      'format_avro_schema_registry_url',
    ],
  ])('the setting %s cannot be given in the address', async (name) => {
    expect((await ask('SELECT 1', { [name]: name === 'dialect' ? 'prql' : '1' })).status).toBeGreaterThanOrEqual(400)
  })

  it('no table function and no engine is allowed that is not listed as harmless', async () => {
    const functions = (await ask('SELECT name FROM system.table_functions')).text.trim().split('\n')
    expect(functions.length).toBeGreaterThan(50)
    for (const name of functions.filter((each) => !allowedTableFunctions.includes(each))) {
      expect(await ask(`SELECT * FROM ${name}('x')`)).toMatchObject({ status: 403 })
      expect(await ask(`INSERT INTO FUNCTION ${name}('x') SELECT 1`)).toMatchObject({ status: 403 })
    }
    const engines = (
      await ask('SELECT name FROM system.table_engines UNION ALL SELECT name FROM system.database_engines')
    ).text.trim()
    for (const name of engines.split('\n').filter((each) => !allowedEngines.includes(each))) {
      expect(await ask(`CREATE TABLE x_${name} (a Int32) ENGINE = ${name}`)).toMatchObject({ status: 403 })
      expect(await ask(`CREATE DATABASE x_${name} ENGINE = ${name}`)).toMatchObject({ status: 403 })
    }
  })
})

describe('within its folder', () => {
  it.each(ordinaryStatements)('%s works', async (sql) => expect(await ask(sql)).toMatchObject({ status: 200 }))

  it('expressions in VALUES are evaluated, and texts that look dangerous are stored', async () => {
    await ask('CREATE TABLE values_ (a DateTime, s String) ENGINE = Memory')
    expect(
      await ask("INSERT INTO values_ VALUES (now(), lower('ABC')), (toDateTime(1), {x:String})", { param_x: 'd' }),
    ).toMatchObject({ status: 200 })
    expect(await ask("INSERT INTO values_ VALUES (1, 'file(\\'x\\') SELECT')")).toMatchObject({ status: 200 })
    expect((await ask('SELECT s FROM values_ ORDER BY s')).text).toBe("abc\nd\nfile(\\'x\\') SELECT\n")
  })

  it.each([
    ["SELECT file('x')", 'the function file is not allowed. It reaches files'],
    ['CREATE TABLE q (a Int32) ENGINE = File(CSV)', 'the engine File is not allowed. Allowed: MergeTree,'],
    ["SELECT * FROM format(CSV, concat('a', ' Int32'), '1')", 'write each argument as a plain text'],
    ['CREATE USER u', 'Use a ClickHouse server of your own'],
    ['INSERT INTO t VALUES (1 + 1, `x`)', 'write INSERT INTO ... SELECT'],
  ])('the refusal of %s says what to do', async (sql, text) => {
    expect((await ask(sql)).text).toContain(text)
  })

  it('a syntax error is told as ClickHouse tells it', async () => {
    const { status, text } = await ask('SELEC 1')
    expect({ status, text }).toEqual({
      status: 400,
      text: expect.stringMatching(/^Code: 62\. DB::Exception: Syntax error/),
    })
    expect(text).not.toContain('formatQuery')
  })
})
