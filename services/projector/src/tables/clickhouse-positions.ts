import type { ClickHouseClient } from '@clickhouse/client'
import { readRows } from '@headwater/clickhouse'

/** How far tables are folded. */
export type FoldedPositions = {
  /** Of the tables; 0 when they are empty. */
  readonly generation: number
  /** Last folded offset by partition. */
  readonly offsets: ReadonlyMap<number, number>
  /** Other topics with events in the tables. */
  readonly otherTopics: readonly string[]
}

/** Positions of the latest generation. One query, so that a swap of the table meanwhile cannot mix two generations. */
export async function readPositions(
  client: ClickHouseClient,
  database: string,
  topic: string,
): Promise<FoldedPositions> {
  const rows = await readRows<{ topic: string; partition: number; newest: number; offset: string }>(client, {
    query: `SELECT topic, partition, newest, toString(max(last_offset)) AS offset
      FROM (SELECT *, max(generation) OVER () AS newest FROM {database:Identifier}.folded_offsets)
      WHERE generation = newest GROUP BY topic, partition, newest`,
    query_params: { database },
  })
  const ours = rows.filter((row) => row.topic === topic)
  return {
    generation: rows[0]?.newest ?? 0,
    offsets: new Map(ours.map(({ partition, offset }) => [partition, Number(offset)])),
    otherTopics: [...new Set(rows.map((row) => row.topic).filter((name) => name !== topic))],
  }
}
