import type { Ask } from '../ask.ts'
import type { PartitionState } from '../log-position.ts'

/** How far each partition is folded, and when a projector last saw it folded whole. */
export function partitionStates(ask: Ask): Promise<readonly PartitionState[]> {
  return ask(
    'partition-states',
    `SELECT topic, partition, maxOrNull(folded) AS lastOffset, toUnixTimestamp64Milli(maxOrNull(recorded)) AS recordedAt,
       toUnixTimestamp64Milli(maxOrNull(caughtUp)) AS caughtUpAt
     FROM (
       SELECT topic, partition, toNullable(last_offset) AS folded, toNullable(recorded_at) AS recorded,
         CAST(NULL, 'Nullable(DateTime64(3, \\'UTC\\'))') AS caughtUp
       FROM folded_offsets
       UNION ALL
       SELECT topic, partition, NULL, NULL, if(next_offset >= log_end_offset, observed_at, NULL) FROM heartbeats FINAL
     ) GROUP BY topic, partition ORDER BY topic, partition`,
  )
}
