import type { ClickHouseClient } from '@clickhouse/client'

/** How far tables are folded. */
export type FoldedPositions = {
  /** Of the tables; 0 when nothing is folded. */
  readonly generation: number
  /** Last folded offset by partition. */
  readonly offsets: ReadonlyMap<number, number>
  /** Of which the tables hold something, apart from the one that was asked for. */
  readonly otherTopics: readonly string[]
}

/** Positions of the greatest generation. In one pass, so that an exchange of the table meanwhile cannot mix two of them. */
export async function readPositions(
  client: ClickHouseClient,
  database: string,
  topic: string,
): Promise<FoldedPositions> {
  const result = await client.query({
    query: `SELECT topic, partition, newest, toString(max(last_offset)) AS offset
      FROM (SELECT *, max(generation) OVER () AS newest FROM {database:Identifier}.folded_offsets)
      WHERE generation = newest GROUP BY topic, partition, newest`,
    query_params: { database },
    format: 'JSONEachRow',
  })
  const rows = await result.json<{ topic: string; partition: number; newest: number; offset: string }>()
  const ours = rows.filter((row) => row.topic === topic)
  return {
    generation: rows[0]?.newest ?? 0,
    offsets: new Map(ours.map(({ partition, offset }) => [partition, Number(offset)])),
    otherTopics: [...new Set(rows.map((row) => row.topic).filter((name) => name !== topic))],
  }
}
