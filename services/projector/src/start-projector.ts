import type { ClickHouseClient } from '@clickhouse/client'
import { migrate } from '@headwater/clickhouse'
import {
  createKafkaDeadLetterLog,
  type DeadLetterLog,
  ensureTopics,
  retryUntilDone,
  type TopicOptions,
  whileKafkaIsAway,
} from '@headwater/kafka'
import { createDecoder } from '@headwater/schemas'
import type { Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import { Failure } from './failure.ts'
import { learnSchema, type SchemaLookup } from './fold/learn-schema.ts'
import { readGenerationState } from './generations/clickhouse-generation-state.ts'
import { type GenerationState, GenerationWatch } from './generations/generation-watch.ts'
import { HistoryKeeper, type HistoryKeeperOptions } from './history/history-keeper.ts'
import { type Bounds, boundEventSource } from './log/bounded-event-source.ts'
import { createHeartbeats } from './log/heartbeats.ts'
import { createKafkaEventSource } from './log/kafka-event-source.ts'
import type { Metrics } from './metrics.ts'
import { createProjection } from './projection.ts'
import { runProjector } from './projector.ts'
import { whileClickHouseIsAway } from './tables/clickhouse-errors.ts'
import { createClickHouseRowSink } from './tables/clickhouse-row-sink.ts'

export type ProjectorOptions = {
  readonly kafka: Kafka
  readonly clickhouse: ClickHouseClient
  readonly registry: SchemaLookup
  readonly database: string
  readonly topics: TopicOptions
  readonly groupId: string
  readonly maxBatchRecords: number
  readonly sessionTimeoutMs: number
  readonly metrics: Metrics
  readonly logger: Logger
  /** Ends the waiting for parts that are away while starting. */
  readonly signal: AbortSignal
  /** How history expires; without it all is kept. */
  readonly history?: Pick<HistoryKeeperOptions, 'keepMs' | 'expire'> | undefined
  /** Given to a projector that builds tables anew; without it the projector serves the tables that are read. */
  readonly rebuild?: Rebuild
}

export type Rebuild = {
  readonly generation: number
  /** How far it may fold. */
  readonly bounds: Bounds
  /** Told of records that are no event; they are in the dead letters already. */
  readonly onDeadLetters: (count: number) => void
}

export type RunningProjector = {
  /**
   * Resolves after `stop`, or when the tables changed places with rebuilt ones and the projector is to be stopped and begun anew.
   * Rejects when the projector cannot go on.
   */
  readonly done: Promise<'stopped' | 'superseded'>
  /** Stores the batch at hand, leaves the group, and resolves. */
  stop(): Promise<void>
}

const heartbeatMs = 1_000

/** Migrates the database, sees to the topics, joins the group and folds until stopped. */
export async function startProjector(options: ProjectorOptions): Promise<RunningProjector> {
  const { kafka, clickhouse, database, metrics, logger, topics } = options
  const admin = kafka.admin()
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  const waiting = (error: Error, delayMs: number) => {
    metrics.retried((error as { code?: string }).code ?? 'UNKNOWN')
    logger.warn({ reason: error.message, delayMs }, 'Waiting to try again')
  }
  const untilDone = <T>(call: () => Promise<T>) => retryUntilDone(call, { signal: options.signal, onRetry: waiting })
  const generationState = async (): Promise<GenerationState> =>
    options.rebuild !== undefined
      ? { generation: options.rebuild.generation, paused: false }
      : whileClickHouseIsAway(() => readGenerationState(clickhouse, database))
  await untilDone(() => whileKafkaIsAway(() => Promise.all([admin.connect(), producer.connect()])))
  await untilDone(() => whileKafkaIsAway(() => ensureTopics(admin, topics)))
  const applied = await untilDone(() => whileClickHouseIsAway(() => migrate(clickhouse, database)))
  if (applied.length > 0) logger.info({ database, applied }, 'Migrated the database')
  const { rebuild } = options
  const watch = await untilDone(() => GenerationWatch.begin(generationState))
  if (watch.isPaused) logger.info({ database }, 'A replay compares tables; holding until it has')

  const sink = createClickHouseRowSink({ client: clickhouse, database, onInserted: metrics.inserted })
  const heartbeats = createHeartbeats({
    admin,
    sink,
    topic: topics.events,
    now: Date.now,
    onLag: metrics.lag,
    onLagSeconds: metrics.lagSeconds,
  })
  let assigned: readonly number[] = []
  const historian =
    options.history === undefined
      ? undefined
      : new HistoryKeeper({
          ...options.history,
          isChosen: () => assigned.includes(0),
          now: Date.now,
          onError: (error) => logger.warn({ reason: error.message }, 'History cannot expire now'),
        })
  const stopping = new AbortController()
  const failure = new Failure()
  const source = await untilDone(() =>
    whileKafkaIsAway(() =>
      createKafkaEventSource({
        kafka,
        admin,
        topic: topics.events,
        groupId: options.groupId,
        maxBatchRecords: options.maxBatchRecords,
        sessionTimeoutMs: options.sessionTimeoutMs,
        positions: () => sink.positions(topics.events),
        untilDone,
        onFailure: (error) => {
          if (!options.signal.aborted) failure.fail(error)
        },
        onAssigned(partitions) {
          assigned = partitions
          logger.info({ topic: topics.events, partitions }, 'Assigned')
          metrics.forgetPartitions()
          heartbeats.assign(partitions).catch((error) => logger.warn({ error }, 'Cannot read positions'))
        },
      }),
    ),
  )
  const beating = setInterval(() => {
    void historian?.look()
    heartbeats.beat().catch((error) => logger.debug({ error: String(error) }, 'No heartbeat'))
    watch.look().catch((error) => logger.debug({ error: String(error) }, 'Cannot look at replays'))
  }, heartbeatMs)

  const decoder = createDecoder()
  const learn = (schemaId: number) =>
    retryUntilDone(() => learnSchema(schemaId, decoder, options.registry, topics.events), {
      signal: stopping.signal,
      onRetry: waiting,
    })
  const running = runProjector(
    {
      source: rebuild === undefined ? source : boundEventSource(source, rebuild.bounds),
      deadLetterLog:
        rebuild === undefined ? createKafkaDeadLetterLog(producer, topics.deadLetters) : countOnly(rebuild),
      projection: createProjection(sink, decoder, learn, watch.generation),
      hold: (signal) => watch.hold(signal),
      observer: {
        stored(folded, durationMs) {
          metrics.stored(folded, durationMs)
          heartbeats.stored(folded.positions)
          logger.debug({ events: folded.events, deadLetters: folded.deadLetters.length, durationMs }, 'Stored')
        },
        waiting,
      },
    },
    stopping.signal,
  )
  const done = Promise.race([
    running.then(() => 'stopped' as const),
    watch.superseded.then(() => 'superseded' as const),
    failure.happened,
  ])
  done.catch(() => undefined)
  return {
    done,
    async stop() {
      stopping.abort()
      clearInterval(beating)
      await running.catch(() => undefined)
      await Promise.allSettled([source.close(), producer.disconnect(), admin.disconnect()])
    },
  }
}

/** Of a rebuild whoever serves the tables has written the dead letters, and what was done about them since is not undone. */
const countOnly = ({ onDeadLetters }: Rebuild): DeadLetterLog => ({
  append: async (deadLetters) => onDeadLetters(deadLetters.length),
})
