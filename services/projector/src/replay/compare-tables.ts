import type { ClickHouseClient } from '@clickhouse/client'
import { clickHouseFailure, readRows, type TableComparison } from '@headwater/clickhouse'
import { gapsTable, positionsTable, type RebuiltDatabase } from './rebuilt-database.ts'

/** Compares live and rebuilt tables, row for row. */
export async function compareTables(
  client: ClickHouseClient,
  rebuilt: RebuiltDatabase,
): Promise<readonly TableComparison[]> {
  const comparisons: TableComparison[] = []
  for (const table of await rebuilt.foldedTables()) comparisons.push(await compareTable(client, rebuilt, table))
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

// Hashes the row in a lossless format: hashes of tuples skip NULL.
const rowHash = (of: string) => `sipHash64(formatRowNoNewline('RowBinary', ${of}))`

/** When a gap was noticed, and in how many pieces, is not part of the fold. Positions are compared without generation and recorded_at, which are not part of the fold. */
const hashed = (table: string) =>
  table === positionsTable
    ? `SELECT ${rowHash('topic, partition, max(last_offset)')} AS hash
       FROM (SELECT *, max(generation) OVER () AS newest FROM {database:Identifier}.${table})
       WHERE generation = newest AND is_folded = 1 GROUP BY topic, partition`
    : table === gapsTable
      ? `SELECT ${rowHash('topic, partition, min(first_offset), max(last_offset)')} AS hash
       FROM (SELECT *, sum(is_apart) OVER (PARTITION BY topic, log_id, partition ORDER BY first_offset, last_offset) AS joined
         FROM (SELECT topic, log_id, partition, first_offset, last_offset, first_offset > 1 + max(last_offset) OVER
           (PARTITION BY topic, log_id, partition ORDER BY first_offset, last_offset ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS is_apart
           FROM {database:Identifier}.${table}))
       GROUP BY topic, log_id, partition, joined`
      : `SELECT ${rowHash('*')} AS hash FROM {database:Identifier}.${table} FINAL`

type Digest = { readonly rows: string; readonly fold: string; readonly sum: string }

/** Xor alone would miss a pair of equal extra rows; the sum finds it. */
async function digestOf(client: ClickHouseClient, database: string, table: string): Promise<Digest> {
  const [row] = await readRows<Digest>(client, {
    query: `SELECT toString(count()) AS rows, toString(groupBitXor(hash)) AS fold, toString(sum(hash)) AS sum FROM (${hashed(table)})`,
    query_params: { database },
  })
  if (row === undefined) throw new Error(`No digest of ${database}.${table}`)
  return row
}

async function differenceOf(client: ClickHouseClient, live: string, rebuilt: string, table: string) {
  const side = (parameter: string, isLive: 0 | 1) =>
    `SELECT hash, ${isLive} AS isLive FROM (${hashed(table).replaceAll('{database:', `{${parameter}:`)})`
  try {
    const [row] = await readRows<{ onlyLive: string; onlyRebuilt: string }>(client, {
      query: `SELECT countIf(isLive = 1) AS onlyLive, countIf(isLive = 0) AS onlyRebuilt FROM (
          SELECT any(isLive) AS isLive FROM (${side('live', 1)} UNION ALL ${side('rebuilt', 0)})
          GROUP BY hash HAVING count() = 1)`,
      query_params: { live, rebuilt },
    })
    return { onlyLive: Number(row?.onlyLive), onlyRebuilt: Number(row?.onlyRebuilt) }
  } catch (error) {
    if (clickHouseFailure(error).kind !== 'limit') throw error
    return { onlyLive: null, onlyRebuilt: null } // too many for the server's memory; that they differ is known
  }
}
