import { createTestDatabase, type TestDatabase } from '@headwater/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClickHouseRowSink } from '../../../src/tables/clickhouse-row-sink.ts'
import { EncodedRows } from '../../../src/tables/encoded-rows.ts'
import {
  ArrayColumn,
  ByteColumn,
  Date32Column,
  DateTime64Column,
  Float64Column,
  NullableDateTime64Column,
  PairColumn,
  TextColumn,
  UInt32Column,
  UInt64Column,
  UInt128Column,
} from '../../../src/tables/native/columns.ts'
import type { Table } from '../../../src/tables/table.ts'

type Row = {
  readonly id: number
  readonly text: string
  readonly flag: boolean
  readonly large: number
  readonly number: number
  readonly at: number
  readonly maybeAt: number | null
  readonly hash: readonly [number, number, number, number]
  readonly texts: readonly string[]
  readonly maps: readonly Readonly<Record<string, number>>[]
}

const rows: Table<ReturnType<typeof columnsOf>, Row> = {
  name: 'native_rows',
  columns: columnsOf,
  add(columns, row) {
    columns.id.add(row.id)
    columns.text.add(row.text)
    columns.flag.add(row.flag ? 1 : 0)
    columns.large.add(row.large)
    columns.number.add(row.number)
    columns.at.add(row.at)
    columns.day.add(row.at)
    columns.maybe_at.add(row.maybeAt)
    columns.hash.add(row.hash)
    for (const text of row.texts) columns.texts.element.add(text)
    columns.texts.end(row.texts.length)
    for (const map of row.maps) {
      const entries = Object.entries(map)
      for (const [key, value] of entries) {
        columns.maps.element.element.key.add(key)
        columns.maps.element.element.value.add(value)
      }
      columns.maps.element.end(entries.length)
    }
    columns.maps.end(row.maps.length)
  },
}

function columnsOf() {
  return {
    id: new UInt32Column(),
    text: new TextColumn(),
    flag: new ByteColumn('Bool'),
    large: new UInt64Column(),
    number: new Float64Column(),
    at: new DateTime64Column(),
    day: new Date32Column(),
    maybe_at: new NullableDateTime64Column(),
    hash: new UInt128Column(),
    texts: new ArrayColumn(new TextColumn()),
    maps: new ArrayColumn(
      new ArrayColumn(new PairColumn(new TextColumn(), new Float64Column()), 'Map(String, Float64)'),
    ),
  }
}

let target: TestDatabase
beforeAll(async () => {
  target = await createTestDatabase()
  await target.client.command({
    query: `CREATE TABLE \`${target.database}\`.native_rows (id UInt32, text LowCardinality(String), flag Bool, large UInt64,
      number Float64, at DateTime64(3, 'UTC'), day Date32, maybe_at Nullable(DateTime64(3, 'UTC')), hash UInt128,
      texts Array(String), maps Array(Map(String, Float64))) ENGINE = Memory`,
  })
})
afterAll(() => target.drop())

const time = fc.integer({ min: 1, max: 9_999_999_999_999 })
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const row = fc.record({
  text,
  flag: fc.boolean(),
  large: fc.maxSafeNat(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  at: time,
  maybeAt: fc.option(time),
  hash: fc.tuple(word, word, word, word),
  texts: fc.array(text, { maxLength: 3 }),
  maps: fc.array(fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), fc.integer()), { maxLength: 2 }),
})

it('ClickHouse reads the rows that were encoded, of a block that is used again too', async () => {
  const sink = createClickHouseRowSink({ client: target.client, database: target.database })
  const encoded = new EncodedRows()
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 200 }), async (given) => {
      await target.client.command({ query: `TRUNCATE TABLE \`${target.database}\`.native_rows` })
      const numbered = given.map((each, id) => ({ ...each, id }))
      for (const each of numbered) encoded.add(rows, each)
      await sink.write(encoded.tables())
      encoded.clear()
      expect(encoded.tables()).toEqual([])
      expect(await stored()).toEqual(numbered.map(shown))
    }),
    { numRuns: 20 },
  )
}, 120_000)

async function stored(): Promise<unknown[]> {
  const result = await target.client.query({
    query: `SELECT id, text, flag, toString(large) AS large, number, toUnixTimestamp64Milli(at) AS at, day,
        toUnixTimestamp64Milli(maybe_at) AS maybe_at, leftPad(hex(hash), 32, '0') AS hash, texts,
        arrayMap(map -> arraySort(arrayZip(mapKeys(map), mapValues(map))), maps) AS maps
      FROM \`${target.database}\`.native_rows ORDER BY id`,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  })
  return result.json()
}

function shown({ id, text, flag, large, number, at, maybeAt, hash, texts, maps }: Row): unknown {
  return {
    ...{ id, text, flag, large: String(large), number, at, day: new Date(at).toISOString().slice(0, 10) },
    maybe_at: maybeAt,
    hash: hash
      .toReversed()
      .map((part) => (part >>> 0).toString(16).padStart(8, '0'))
      .join('')
      .toUpperCase(),
    texts,
    maps: maps.map((map) => Object.entries(map).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))),
  }
}
