import { Readable } from 'node:stream'
import { createClient } from '@clickhouse/client'
import { clickHouseFailure, readRows, runStatement } from '@headwater/clickhouse'
import { deniedCodes, limitCodes, missingCodes, passingCodes, refusedCodes } from '@headwater/clickhouse/error-codes'
import {
  type ClickHouseFault,
  type ClickHouseProxy,
  createTestDatabase,
  startClickHouseProxy,
  type TestDatabase,
  testStack,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let proxy: ClickHouseProxy
let tables: TestDatabase
let client: ReturnType<typeof createClient>

beforeAll(async () => {
  proxy = await startClickHouseProxy(testStack().clickhouseUrl)
  tables = await createTestDatabase()
  client = createClient({ url: proxy.url, database: tables.database, log: { level: 127 } })
})
afterAll(async () => {
  await client.close()
  await tables.drop()
  await proxy.close()
})

/** What the call threw, while ClickHouse answers with the fault. */
async function failureOf(fault: ClickHouseFault, call: () => Promise<unknown>) {
  proxy.answerWith(fault)
  try {
    return clickHouseFailure(
      await call().then(
        () => new TypeError('it succeeded'),
        (error: unknown) => error,
      ),
    )
  } finally {
    proxy.passOn()
  }
}

it('names every error as the engine does, which has forgotten some of older servers', async () => {
  const ours = { ...passingCodes, ...limitCodes, ...missingCodes, ...deniedCodes, ...refusedCodes }
  const rows = await readRows<{ code: number; name: string }>(client, {
    query: 'SELECT toUInt32(number) AS code, errorCodeToName(number) AS name FROM numbers(2000)',
  })
  const theirs = new Map(rows.map(({ code, name }) => [code, name]))
  expect(Object.entries(ours).filter(([name, code]) => !['', name].includes(theirs.get(code) ?? ''))).toEqual([])
})

const cuts: readonly ClickHouseFault[] = [
  { kind: 'cut', how: 'chunked' },
  { kind: 'cut', how: 'length' },
  { kind: 'cut', how: 'clean' },
  { kind: 'midway', code: 243, tagged: true },
  { kind: 'midway', code: 243, tagged: false },
  { kind: 'page', status: 200 },
]

describe('reading rows', () => {
  const read = () =>
    readRows<{ n: number; text: string }>(client, {
      query: "SELECT toUInt32(number) AS n, 'Code: 62. DB::Exception: x\\n' AS text FROM numbers(5000)",
    })

  it('returns all of them, as objects', async () => {
    const rows = await read()
    expect(rows).toHaveLength(5_000)
    expect(rows[4_999]).toEqual({ n: 4_999, text: 'Code: 62. DB::Exception: x\n' })
  })

  it.each(cuts)('never takes a part of the answer for the whole: %j', async (fault) => {
    const failure = await failureOf(fault, read)
    expect(failure.kind).toBe('passing')
    if (fault.kind === 'midway') expect(failure.name).toBe('NOT_ENOUGH_SPACE')
  })

  it('notices a cut of a short answer as well, whose rows all arrived', async () => {
    const one = () => readRows(client, { query: 'SELECT 1 AS one' })
    expect(await one()).toEqual([{ one: 1 }])
    expect(await failureOf({ kind: 'cut', how: 'clean' }, one)).toMatchObject({ name: 'INCOMPLETE_ANSWER' })
  })
})

describe('a statement', () => {
  const insert = (rows: number) =>
    runStatement(client, {
      query: 'INSERT INTO replays (generation, owner, state) FORMAT TabSeparated',
      values: Readable.from(['1\ta\tbuilding\n2\tb\tbuilding\n'], { objectMode: false }),
      rows,
    })

  it('is done when ClickHouse says so', async () => {
    await insert(2)
    const [row] = await readRows<{ n: number }>(client, { query: 'SELECT toUInt32(count()) AS n FROM replays FINAL' })
    expect(row).toEqual({ n: 2 })
  })

  it.each<ClickHouseFault>([
    { kind: 'page', status: 200 },
    { kind: 'page', status: 503 },
    { kind: 'midway', code: 243, tagged: true },
    { kind: 'midway', code: 243, tagged: false },
    { kind: 'code', code: 319 },
    { kind: 'code', code: 745, named: false },
    { kind: 'codeAfter', code: 319 },
    { kind: 'reset' },
  ])('is not done when the answer is another: %j', async (fault) => {
    expect(await failureOf(fault, () => insert(2))).toMatchObject({ kind: 'passing' })
    expect(await failureOf(fault, () => runStatement(client, { query: 'OPTIMIZE TABLE replays' }))).toMatchObject({
      kind: 'passing',
    })
  })

  it('is not done when ClickHouse received fewer rows', async () => {
    await expect(insert(3)).rejects.toThrow('ClickHouse received 2 of 3 rows')
  })
})
