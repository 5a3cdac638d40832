import type { ClickHouseClient } from '@clickhouse/client'
import { positionsTable, type RebuiltDatabase } from './rebuilt-database.ts'

export type TableComparison = {
  readonly table: string
  readonly liveRows: number
  readonly rebuiltRows: number
  readonly equal: boolean
  /** Rows that only one side has; null where there are too many to tell, 0 where the tables are equal. */
  readonly onlyLive: number | null
  readonly onlyRebuilt: number | null
}

/** Compares the folds of the log, row for row. */
export async function compareTables(
  client: ClickHouseClient,
  rebuilt: RebuiltDatabase,
): Promise<readonly TableComparison[]> {
  const comparisons: TableComparison[] = []
  for (const table of await rebuilt.folds()) comparisons.push(await compareTable(client, rebuilt, table))
  return comparisons
}

async function compareTable(
  client: ClickHouseClient,
  { live, name }: RebuiltDatabase,
  table: string,
): Promise<TableComparison> {
  const [here, there] = await Promise.all([digestOf(client, live, table), digestOf(client, name, table)])
  const equal = here.rows === there.rows && here.sum === there.sum && here.fold === there.fold
  const difference = equal ? { onlyLive: 0, onlyRebuilt: 0 } : await differenceOf(client, live, name, table)
  return { table, liveRows: Number(here.rows), rebuiltRows: Number(there.rows), equal, ...difference }
}

// A row's bytes in a format that writes every type without loss: hashes of tuples pass NULL over.
const rowHash = (of: string) => `sipHash64(formatRowNoNewline('RowBinary', ${of}))`

/** Of positions what generation they are, and when the last record was recorded, is not what the fold says. */
const hashed = (table: string) =>
  table === positionsTable
    ? `SELECT ${rowHash('topic, partition, max(last_offset)')} AS hash
       FROM (SELECT *, max(generation) OVER () AS newest FROM {database:Identifier}.${table})
       WHERE generation = newest GROUP BY topic, partition`
    : `SELECT ${rowHash('*')} AS hash FROM {database:Identifier}.${table} FINAL`

type Digest = { readonly rows: string; readonly fold: string; readonly sum: string }

/** An exclusive or alone would not see two rows more that are the same; a sum sees them. */
async function digestOf(client: ClickHouseClient, database: string, table: string): Promise<Digest> {
  const result = await client.query({
    query: `SELECT toString(count()) AS rows, toString(groupBitXor(hash)) AS fold, toString(sum(hash)) AS sum FROM (${hashed(table)})`,
    query_params: { database },
    format: 'JSONEachRow',
  })
  const [row] = await result.json<Digest>()
  if (row === undefined) throw new Error(`No digest of ${database}.${table}`)
  return row
}

async function differenceOf(client: ClickHouseClient, live: string, rebuilt: string, table: string) {
  const side = (parameter: string, isLive: 0 | 1) =>
    `SELECT hash, ${isLive} AS isLive FROM (${hashed(table).replaceAll('{database:', `{${parameter}:`)})`
  try {
    const result = await client.query({
      query: `SELECT countIf(isLive = 1) AS onlyLive, countIf(isLive = 0) AS onlyRebuilt FROM (
          SELECT any(isLive) AS isLive FROM (${side('live', 1)} UNION ALL ${side('rebuilt', 0)})
          GROUP BY hash HAVING count() = 1)`,
      query_params: { live, rebuilt },
      format: 'JSONEachRow',
    })
    const [row] = await result.json<{ onlyLive: string; onlyRebuilt: string }>()
    return { onlyLive: Number(row?.onlyLive), onlyRebuilt: Number(row?.onlyRebuilt) }
  } catch {
    return { onlyLive: null, onlyRebuilt: null } // more than the server's memory holds; that they differ is known
  }
}
