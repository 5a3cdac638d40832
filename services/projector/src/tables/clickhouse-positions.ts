import type { ClickHouseClient } from '@clickhouse/client'
import { readRows } from '@headwater/clickhouse'
import type { RecordMark } from './rows.ts'

/** How far tables are folded, and from which log. */
export type FoldedPositions = {
  /** Of the tables; 0 when they are empty. */
  readonly generation: number
  /** Topic id of the log that this generation is folded from; empty when unknown. */
  readonly logId: string
  /** Last folded offset by partition. */
  readonly offsets: ReadonlyMap<number, number>
  /** What is known of the last folded record of each partition. */
  readonly last: ReadonlyMap<number, LastFolded>
  /** Other topics with events in the tables. */
  readonly otherTopics: readonly string[]
}

/** `mark` is undefined where a projector of an earlier version folded it. */
export type LastFolded = { readonly recordedAt: number; readonly mark: RecordMark | undefined }

type Row = {
  readonly topic: string
  readonly partition: number
  readonly newest: number
  readonly offset: string
  readonly recordedAt: string
  readonly logId: string
  readonly record: string
  readonly folded: number
}

/** Positions of the latest generation. One query, so that a swap of the table meanwhile cannot mix two generations. */
export async function readPositions(
  client: ClickHouseClient,
  database: string,
  topic: string,
): Promise<FoldedPositions> {
  const rows = await readRows<Row>(client, {
    query: `SELECT topic, partition, newest, toString(max(last_offset)) AS offset, max(is_folded) AS folded, max(log_id) AS logId,
        toString(toUnixTimestamp64Milli(max(recorded_at))) AS recordedAt, toString(max(last_record)) AS record
      FROM (SELECT *, max(generation) OVER () AS newest FROM {database:Identifier}.folded_offsets)
      WHERE generation = newest GROUP BY topic, partition, newest`,
    query_params: { database },
  })
  const ours = rows.filter((row) => row.topic === topic)
  const folded = ours.filter((row) => row.folded === 1)
  return {
    generation: rows[0]?.newest ?? 0,
    logId: ours.find(({ logId }) => logId !== '')?.logId ?? '',
    offsets: new Map(folded.map(({ partition, offset }) => [partition, Number(offset)])),
    last: new Map(folded.map((row) => [row.partition, lastOf(row)])),
    otherTopics: [...new Set(rows.map((row) => row.topic).filter((name) => name !== topic))],
  }
}

/** Ids of other logs of the topic that the tables were folded from, before they began with the present one. */
export async function earlierLogs(
  client: ClickHouseClient,
  database: string,
  topic: string,
  logId: string,
): Promise<readonly string[]> {
  const rows = await readRows<{ id: string }>(client, {
    query: `SELECT DISTINCT log_id AS id FROM {database:Identifier}.folded_offsets
      WHERE topic = {topic:String} AND is_folded = 1 AND log_id NOT IN ('', {logId:String}) ORDER BY id`,
    query_params: { database, topic, logId },
  })
  return rows.map(({ id }) => id)
}

function lastOf({ recordedAt, record }: Row): LastFolded {
  const bits = BigInt(record)
  const mark = bits === 0n ? undefined : { offset: Number(bits >> 64n), checksum: bits & 0xffff_ffff_ffff_ffffn }
  return { recordedAt: Number(recordedAt), mark }
}
