import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { addMetrics, schema } from '@headwater/producer'

/** A table that exists. Passed to a function, it says where to read, and makes the table an upstream. */
export type Table = { readonly key: string; readonly name: string; readonly rows: number }

type Column = { readonly name: string; readonly type: string }

export type FileFormat = 'Parquet' | 'CSVWithNames' | 'JSONEachRow'

export type Warehouse = ReturnType<typeof createWarehouse>

/** Tables of one ClickHouse database. Writing one reports its rows, bytes and columns for the current run. */
export function createWarehouse(client: ClickHouseClient, database: string) {
  const keyOf = (table: string) => `clickhouse://local/${database}/${table}`

  const nameOf = (table: string) => `${database}.${table}`

  async function rows<Row>(query: string): Promise<Row[]> {
    const answer = await client.query({
      query,
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
    return answer.json<Row>()
  }

  async function row<Row>(query: string): Promise<Row> {
    const [first] = await rows<Row>(query)
    if (first === undefined) throw new Error(`No row from: ${query}`)
    return first
  }

  async function measured(table: string): Promise<Table> {
    const name = nameOf(table)
    const { count } = await row<{ count: number }>(`SELECT count() AS count FROM ${name}`)
    const where = `database = '${database}' AND table = '${table}'`
    const { bytes } = await row<{ bytes: number }>(
      `SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND ${where}`,
    )
    const columns = await rows<Column>(`SELECT name, type FROM system.columns WHERE ${where} ORDER BY position`)
    schema(columns)
    addMetrics({ rows: count, bytes })
    for (const column of columns.filter(({ type }) => type.startsWith('Nullable'))) {
      const share = await row<{ nulls: number }>(`SELECT avg(isNull(\`${column.name}\`)) AS nulls FROM ${name}`)
      addMetrics({ [`null_share(${column.name})`]: share.nulls })
    }
    return { key: keyOf(table), name, rows: count }
  }

  async function replace(table: string, definition: string): Promise<void> {
    await client.command({ query: `CREATE OR REPLACE TABLE ${nameOf(table)} ${definition}` })
  }

  const columnsOf = (columns: string) => `(${columns}) ENGINE = MergeTree ORDER BY tuple()`

  return {
    keyOf,
    nameOf,
    rows,
    row,
    /** Replaces the table by the result of a query. */
    async build(table: string, select: string, orderBy = 'tuple()'): Promise<Table> {
      await replace(table, `ENGINE = MergeTree ORDER BY ${orderBy} AS ${select}`)
      return measured(table)
    },
    /** Replaces the table by the rows of a file. */
    async load(table: string, columns: string, path: string, format: FileFormat): Promise<Table> {
      await replace(table, columnsOf(columns))
      const query = `INSERT INTO ${nameOf(table)} FORMAT ${format}`
      const { stream } = await client.exec({ query, values: createReadStream(path) })
      stream.destroy()
      return measured(table)
    },
    /** Replaces the table by these rows. */
    async store(table: string, columns: string, values: readonly object[]): Promise<Table> {
      await replace(table, columnsOf(columns))
      await client.insert({ table: nameOf(table), values: [...values], format: 'JSONEachRow' })
      return measured(table)
    },
    /** Writes the result of a query to a Parquet file. */
    async exportParquet(select: string, path: string): Promise<void> {
      const { stream } = await client.exec({
        query: `${select} SETTINGS output_format_parquet_compression_method = 'lz4' FORMAT Parquet`,
      })
      await pipeline(stream, createWriteStream(path))
    },
  }
}
