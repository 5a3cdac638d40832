import type { ClickHouseClient } from '@clickhouse/client'
import type { ReplayReport } from '@headwater/clickhouse'
import type { Admin } from 'kafkajs'
import type { Rebuild, RunningProjector } from '../projector-options.ts'
import type { GroupAdmin, ProjectorGroup } from './unfolded-records.ts'

/** What a replay does besides building, comparing and swapping the tables. */
export type ReplayOptions = {
  /** Drop what an unfinished replay has built, and start over. */
  readonly restart: boolean
  /** Drop what an unfinished replay has built, and end. */
  readonly cancel: boolean
  /** Swap even if the rebuilt tables differ from the live ones. */
  readonly acceptDifferences: boolean
  /** False: compare the tables, then drop the rebuilt ones. */
  readonly swap: boolean
}

/** The connections and names a replay works with. */
export type ReplayContext = {
  readonly client: ClickHouseClient
  readonly admin: GroupAdmin & Pick<Admin, 'deleteGroups'>
  readonly projectors: ProjectorGroup
  /** Database of the live tables. */
  readonly database: string
  readonly topic: string
  /** Name of the consumer group for replays of a generation. */
  readonly groupOf: (generation: number) => string
  /** Creates a client with this default database. */
  readonly open: (database: string) => ClickHouseClient
  readonly start: (database: string, groupId: string, rebuild: Rebuild) => Promise<RunningProjector>
  /** Id of the topic now; undefined when it is unknown. */
  readonly logId: () => Promise<string | undefined>
  readonly report: (report: ReplayReport) => void
  /** Stops the replay where it is; it can be resumed. */
  readonly signal: AbortSignal
}
