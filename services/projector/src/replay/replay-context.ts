import type { ClickHouseClient } from '@clickhouse/client'
import type { Admin } from 'kafkajs'
import type { Rebuild, RunningProjector } from '../start-projector.ts'
import type { Report } from './replay-report.ts'

/** What a replay works with. */
export type ReplayContext = {
  readonly client: ClickHouseClient
  readonly admin: Pick<Admin, 'fetchTopicOffsets' | 'deleteGroups'>
  /** The database of the tables that are read. */
  readonly database: string
  readonly topic: string
  /** Name of the consumer group that replays of this generation use. */
  readonly groupOf: (generation: number) => string
  /** A client with this database as its own. */
  readonly open: (database: string) => ClickHouseClient
  readonly start: (database: string, groupId: string, rebuild: Rebuild) => Promise<RunningProjector>
  readonly report: Report
  /** Asks the replay to stop where it is; it can be resumed. */
  readonly signal: AbortSignal
}
