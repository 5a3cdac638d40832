import type { Ask } from '../ask.ts'
import type { PartitionState } from '../log-position.ts'

/**
 * How far each partition is folded, and when a projector last saw it folded whole. Only positions of the tables' generation count;
 * that is found in the same pass, so that an exchange of tables meanwhile cannot mix two. What a projector saw counts only where these
 * tables are as far as it was: it may have been one of the tables before.
 */
export function partitionStates(ask: Ask): Promise<readonly PartitionState[]> {
  return ask(
    'partition-states',
    `SELECT topic, partition, maxOrNull(folded) AS lastOffset, toUnixTimestamp64Milli(maxOrNull(recorded)) AS recordedAt,
       toUnixTimestamp64Milli(if(maxOrNull(next) <= coalesce(lastOffset + 1, 0), maxOrNull(caughtUp), NULL)) AS caughtUpAt
     FROM (
       SELECT topic, partition, toNullable(last_offset) AS folded, toNullable(recorded_at) AS recorded,
         CAST(NULL, 'Nullable(UInt64)') AS next, CAST(NULL, 'Nullable(DateTime64(3, \\'UTC\\'))') AS caughtUp
       FROM (SELECT *, max(generation) OVER () AS newest FROM folded_offsets) WHERE generation = newest
       UNION ALL
       SELECT topic, partition, NULL, NULL, next_offset, if(next_offset >= log_end_offset, observed_at, NULL)
       FROM heartbeats FINAL
     ) GROUP BY topic, partition ORDER BY topic, partition`,
  )
}
