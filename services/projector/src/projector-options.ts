import type { ClickHouseClient } from '@clickhouse/client'
import type { ConsumerStatus, TopicOptions } from '@headwater/kafka'
import type { Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import type { SchemaLookup } from './fold/learn-schema.ts'
import type { DailyExpiryOptions } from './history/daily-expiry.ts'
import type { ReplacedLogPolicy } from './identity/begin-log.ts'
import type { Bounds } from './log/bounded-event-source.ts'
import type { Metrics } from './metrics.ts'

export type ProjectorOptions = {
  readonly kafka: Kafka
  readonly clickhouse: ClickHouseClient
  readonly registry: SchemaLookup
  readonly database: string
  readonly topics: TopicOptions
  readonly groupId: string
  /** The client id, where only a dead process can have the same one. */
  readonly instanceId?: string | undefined
  /** To whom missing rights are to be granted. */
  readonly principal?: string | undefined
  readonly maxBatchRecords: number
  readonly sessionTimeoutMs: number
  /** How long records may wait while none is read, before the consumer is started again; default: a minute. */
  readonly stalledAfterMs?: number | undefined
  readonly metrics: Metrics
  /** Heard about what the consumer does. */
  readonly status?: ConsumerStatus
  /** `stop` by default. A rebuild always stops. */
  readonly replacedLog?: ReplacedLogPolicy | undefined
  readonly logger: Logger
  /** Ends the retries while starting. */
  readonly signal: AbortSignal
  /** How history expires; without it, all history is kept. */
  readonly history?: Pick<DailyExpiryOptions, 'keepMs' | 'expire'> | undefined
  /** For a projector that rebuilds tables; without it, the projector folds into the live tables. */
  readonly rebuild?: Rebuild
  /** Database that remembers when records were read; default: `database`. For a rebuild that of the live tables. */
  readonly readTimesDatabase?: string
}

export type Rebuild = {
  readonly generation: number
  /** How far the projector may fold. */
  readonly bounds: Bounds
  /** Receives the number of records that cannot be folded; they are in the dead-letter topic already. */
  readonly onDeadLetters: (count: number) => void
}

export type RunningProjector = {
  /**
   * Resolves with `stopped` after `stop`, and with `superseded` when rebuilt tables have replaced the live ones: stop this projector
   * and start another. Rejects when the projector cannot continue.
   */
  readonly done: Promise<'stopped' | 'superseded'>
  /** Stores the current batch, leaves the consumer group, and resolves. */
  stop(): Promise<void>
}
