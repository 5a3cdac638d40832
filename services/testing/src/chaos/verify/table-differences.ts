import type { ClickHouseClient } from '@clickhouse/client'

/** Tables that are a fold of the log. */
export const foldedTables = [
  'run_facts',
  'input_sets',
  'asset_reads',
  'asset_writes',
  'asset_sightings',
  'asset_facts',
  'checks',
  'asset_aliases',
  'job_facts',
  'column_sets',
  'column_reads',
  'folded_offsets',
] as const
export type FoldedTable = (typeof foldedTables)[number]

export type TableDifference = {
  readonly table: FoldedTable
  readonly rows: number
  readonly expectedRows: number
  /** Whole rows that only this database has; at most five of each. */
  readonly extra: readonly string[]
  readonly missing: readonly string[]
}

export type TableComparison = {
  readonly differences: readonly TableDifference[]
  /** Rows as read, and as stored: what was written again and not merged yet is there several times. */
  readonly rows: Readonly<Record<FoldedTable, { readonly read: number; readonly stored: number }>>
}

const shownRows = 5

/** Compares all that the tables of two databases say, whatever the order and parts of their rows. */
export async function compareTables(
  client: ClickHouseClient,
  database: string,
  expected: string,
): Promise<TableComparison> {
  const differences: TableDifference[] = []
  const rows: [FoldedTable, { read: number; stored: number }][] = []
  for (const table of foldedTables) {
    const columns = await columnsOf(client, database, table)
    const [found, wanted] = await Promise.all([
      sumOf(client, database, table, columns),
      sumOf(client, expected, table, columns),
    ])
    rows.push([table, { read: found.rows, stored: await storedRows(client, database, table) }])
    if (found.rows === wanted.rows && found.sum === wanted.sum) continue
    differences.push({
      ...{ table, rows: found.rows, expectedRows: wanted.rows },
      extra: await rowsOnlyIn(client, database, expected, table, columns),
      missing: await rowsOnlyIn(client, expected, database, table, columns),
    })
  }
  return { differences, rows: Object.fromEntries(rows) as TableComparison['rows'] }
}

async function columnsOf(client: ClickHouseClient, database: string, table: string): Promise<string> {
  const rows = await ask<{ name: string }>(
    client,
    `SELECT name FROM system.columns WHERE database = {database:String} AND table = {table:String}
      AND name != 'log_id' ORDER BY position`, // tables that are folded without Kafka know no topic id
    { database, table },
  )
  return rows.map(({ name }) => `\`${name}\``).join(', ')
}

/** The text of whole rows is hashed, since a hash of columns is null when one of them is. */
async function sumOf(client: ClickHouseClient, database: string, table: string, columns: string) {
  const [row] = await ask<{ rows: string; sum: string }>(
    client,
    `SELECT toString(count()) AS rows, toString(sum(cityHash64(toString((${columns}))))) AS sum FROM \`${database}\`.${table} FINAL`,
  )
  return { rows: Number(row?.rows), sum: row?.sum }
}

async function storedRows(client: ClickHouseClient, database: string, table: string): Promise<number> {
  const [row] = await ask<{ n: string }>(client, `SELECT toString(count()) AS n FROM \`${database}\`.${table}`)
  return Number(row?.n)
}

async function rowsOnlyIn(
  client: ClickHouseClient,
  database: string,
  other: string,
  table: FoldedTable,
  columns: string,
): Promise<readonly string[]> {
  const texts = (from: string) => `SELECT toString((${columns})) AS row FROM \`${from}\`.${table} FINAL`
  const rows = await ask<{ row: string }>(
    client,
    `SELECT row FROM (${texts(database)}) WHERE row NOT IN (${texts(other)}) ORDER BY row LIMIT ${shownRows}`,
  )
  return rows.map(({ row }) => row)
}

async function ask<Row>(
  client: ClickHouseClient,
  query: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<readonly Row[]> {
  const result = await client.query({ query, query_params: params, format: 'JSONEachRow' })
  return result.json<Row>()
}
