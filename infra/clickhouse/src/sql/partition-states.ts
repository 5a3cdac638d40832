import type { ClickHouseClient } from '@clickhouse/client'
import { readRows } from '../calls/read-rows.ts'

/**
 * SQL: how far each partition is folded, and when a projector last saw it folded completely; times in epoch milliseconds. Only
 * positions of the tables' generation count; the same pass finds it, so that a swap of tables meanwhile cannot mix two generations.
 * A heartbeat counts only where these tables have reached its position: it may be from a projector of the previous tables.
 */
export const partitionStatesSql = `SELECT topic, partition, maxOrNull(folded) AS lastOffset,
    toUnixTimestamp64Milli(maxOrNull(recorded)) AS recordedAt,
    toUnixTimestamp64Milli(if(maxOrNull(next) <= coalesce(lastOffset + 1, 0), maxOrNull(caughtUp), NULL)) AS caughtUpAt
  FROM (
    SELECT topic, partition, if(is_folded = 1, last_offset, NULL) AS folded, if(is_folded = 1, recorded_at, NULL) AS recorded,
      CAST(NULL, 'Nullable(UInt64)') AS next, CAST(NULL, 'Nullable(DateTime64(3, \\'UTC\\'))') AS caughtUp
    FROM (SELECT *, max(generation) OVER () AS newest FROM folded_offsets) WHERE generation = newest
    UNION ALL
    SELECT topic, partition, NULL, NULL, next_offset, if(next_offset >= log_end_offset, observed_at, NULL)
    FROM heartbeats FINAL
  ) GROUP BY topic, partition ORDER BY topic, partition`

/**
 * The time up to which every record of the log is folded, epoch milliseconds; undefined when that is not known.
 * @param client whose default database holds the tables
 */
export async function foldedUntil(client: ClickHouseClient): Promise<number | undefined> {
  const [row] = await readRows<{ until: number }>(client, {
    query: `SELECT toFloat64(min(greatest(ifNull(recordedAt, -1), ifNull(caughtUpAt, -1)))) AS until FROM (${partitionStatesSql})`,
  })
  return row === undefined || row.until <= 0 ? undefined : row.until
}
