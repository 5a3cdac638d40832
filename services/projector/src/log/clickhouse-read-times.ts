import type { ClickHouseClient } from '@clickhouse/client'
import { translateClickHouseErrors } from '../tables/translate-clickhouse-errors.ts'
import type { ReadTimes } from './read-times.ts'

/**
 * @param database with the live tables, also for a projector that rebuilds them
 * @param logId of the topic: one that was created again has other records at the same offsets
 */
export function createClickHouseReadTimes(client: ClickHouseClient, database: string, logId: string): ReadTimes {
  return {
    overlapping: ({ topic, partition, firstOffset, lastOffset }) =>
      translateClickHouseErrors(async () => {
        const result = await client.query({
          query: `SELECT toFloat64(first_offset) AS firstOffset, toFloat64(last_offset) AS lastOffset,
              toFloat64(toUnixTimestamp64Milli(read_at)) AS readAt
            FROM {database:Identifier}.read_times
            WHERE topic = {topic:String} AND log_id = {logId:String} AND partition = {partition:UInt32}
              AND last_offset >= {firstOffset:UInt64} AND first_offset <= {lastOffset:UInt64}`,
          query_params: { database, topic, logId, partition, firstOffset, lastOffset },
          format: 'JSONEachRow',
        })
        const rows = await result.json<{ firstOffset: number; lastOffset: number; readAt: number }>()
        return rows.map((row) => ({ topic, partition, ...row }))
      }),
    add: ({ topic, partition, firstOffset, lastOffset, readAt }) =>
      translateClickHouseErrors(async () => {
        await client.insert({
          table: `\`${database}\`.read_times`,
          columns: ['topic', 'log_id', 'partition', 'first_offset', 'last_offset', 'read_at'],
          values: [[topic, logId, partition, firstOffset, lastOffset, dateTime64(readAt)]],
          format: 'JSONCompactEachRow',
          clickhouse_settings: { async_insert: 0 },
        })
      }),
  }
}

const dateTime64 = (time: number): string => new Date(time).toISOString().slice(0, -1).replace('T', ' ')
