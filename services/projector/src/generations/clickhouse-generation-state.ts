import type { ClickHouseClient } from '@clickhouse/client'
import { readRows, replayLeaseMs } from '@headwater/clickhouse'
import type { GenerationState } from './generation-watch.ts'

/** The generation of the live tables, and whether the latest replay is pausing the projectors and alive by ClickHouse's clock. */
export async function readGenerationState(client: ClickHouseClient, database: string): Promise<GenerationState> {
  const [row] = await readRows<{ generation: number; pausing: number }>(client, {
    query: `SELECT (SELECT max(generation) FROM {database:Identifier}.folded_offsets) AS generation,
        (SELECT argMax(state, changed_at) = 'pausing' AND max(changed_at) > now64(3) - INTERVAL ${replayLeaseMs} MILLISECOND
          FROM {database:Identifier}.replays) AS pausing`,
    query_params: { database },
  })
  return { generation: row?.generation ?? 0, paused: row?.pausing === 1 }
}
