import type { ClickHouseClient } from '@clickhouse/client'
import { readRows, replayLeaseMs, runStatement } from '@headwater/clickhouse'
import { ProjectorError } from '../errors.ts'
import { type FoldedPositions, readPositions } from '../tables/clickhouse-positions.ts'
import type { FoldedLog } from '../tables/rows.ts'
import { translateClickHouseErrors } from '../tables/translate-clickhouse-errors.ts'
import type { LogTables } from './begin-log.ts'

type Place = { readonly clickhouse: ClickHouseClient; readonly database: string; readonly topic: string }

/** Tables in ClickHouse that are folded from a topic. */
export const clickHouseLogTables = (place: Place): LogTables => ({
  stored: () => translateClickHouseErrors(() => readPositions(place.clickhouse, place.database, place.topic)),
  name: (log) => translateClickHouseErrors(() => nameLog(place, log)),
  startOver: (from, logId) => translateClickHouseErrors(() => startOver(place, from, logId)),
})

/** Notes which log the tables of a generation are folded from. */
async function nameLog(
  { clickhouse: client, database, topic }: Place,
  { generation, logId }: FoldedLog,
): Promise<void> {
  await runStatement(client, {
    query: `INSERT INTO {database:Identifier}.folded_offsets (${namingColumns.join(', ')})
      SELECT {topic:String}, 0, 0, toDateTime64(0, 3, 'UTC'), {generation:UInt32}, {logId:String}, toUInt128(0), 0`,
    query_params: { database, topic, generation, logId },
  })
}

const namingColumns = [
  'topic',
  'partition',
  'last_offset',
  'recorded_at',
  'generation',
  'log_id',
  'last_record',
  'is_folded',
]

// Holds: positions of one generation belong to one log. The new log begins a generation in which nothing of the topic is folded, so
// whoever still writes positions of the old log is not believed, as after a replay.

/**
 * Keeps the tables and begins to fold another log into them. Does nothing when the generation has moved meanwhile.
 * @throws ProjectorError REPLAY_AT_WORK, retryable
 */
async function startOver(place: Place, stored: FoldedPositions, logId: string): Promise<void> {
  const { clickhouse: client, database, topic } = place
  const generation = await nextGeneration(place)
  const params = { database, topic, logId, oldLogId: stored.logId, generation, from: stored.generation }
  const command = (query: string): Promise<void> => runStatement(client, { query, query_params: params })
  await command(`INSERT INTO {database:Identifier}.log_gaps (topic, log_id, partition, first_offset, last_offset, noticed_at)
    SELECT topic, {oldLogId:String}, partition, next, ends - 1, now64(3) FROM (
      SELECT topic, partition, max(log_end_offset) AS ends FROM {database:Identifier}.heartbeats
      WHERE topic = {topic:String} GROUP BY topic, partition) AS seen
    INNER JOIN (
      SELECT partition, max(last_offset) + 1 AS next FROM {database:Identifier}.folded_offsets
      WHERE topic = {topic:String} AND generation = {from:UInt32} AND is_folded = 1 GROUP BY partition) AS folded USING partition
    WHERE ends > next`)
  await command(
    `ALTER TABLE {database:Identifier}.heartbeats DELETE WHERE topic = {topic:String} SETTINGS mutations_sync = 1`,
  )
  await command(`INSERT INTO {database:Identifier}.folded_offsets (${namingColumns.join(', ')})
    SELECT * FROM (
      SELECT {topic:String} AS topic, 0 AS partition, 0 AS last_offset, toDateTime64(0, 3, 'UTC') AS recorded_at,
        {generation:UInt32} AS generation, {logId:String} AS log_id, toUInt128(0) AS last_record, 0 AS is_folded
      UNION ALL
      SELECT topic, partition, max(last_offset), max(recorded_at), {generation:UInt32}, max(log_id), max(last_record), max(is_folded)
      FROM {database:Identifier}.folded_offsets WHERE topic != {topic:String} AND generation = {from:UInt32} GROUP BY topic, partition)
    WHERE (SELECT max(generation) FROM {database:Identifier}.folded_offsets) = {from:UInt32}`)
}

async function nextGeneration({ clickhouse: client, database }: Place): Promise<number> {
  const [row] = await readRows<{ next: number; running: string }>(client, {
    query: `SELECT greatest((SELECT max(generation) FROM {database:Identifier}.folded_offsets), max(generation)) + 1 AS next,
        countIf(state IN ('building', 'pausing', 'swapped') AND changed_at > now64(3) - INTERVAL ${replayLeaseMs} MILLISECOND) AS running
      FROM {database:Identifier}.replays FINAL`,
    query_params: { database },
  })
  if (Number(row?.running) > 0) {
    throw new ProjectorError('REPLAY_AT_WORK', 'Waiting for a replay to end before another log is folded', {
      retryable: true,
    })
  }
  return Number(row?.next)
}
