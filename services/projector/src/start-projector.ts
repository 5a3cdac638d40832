import { migrate } from '@headwater/clickhouse'
import {
  createKafkaDeadLetterLog,
  createLogProbe,
  type DeadLetterLog,
  ensureTopics,
  type LogProbe,
  retryUntilDone,
  translateKafkaErrors,
} from '@headwater/kafka'
import { createDecoder } from '@headwater/schemas'
import type { Admin, Producer } from 'kafkajs'
import type { ProjectorError } from './errors.ts'
import { learnSchema } from './fold/learn-schema.ts'
import { readGenerationState } from './generations/clickhouse-generation-state.ts'
import { GenerationWatch } from './generations/generation-watch.ts'
import { DailyExpiry } from './history/daily-expiry.ts'
import { beginLog, isOtherLog } from './identity/begin-log.ts'
import { clickHouseLogTables } from './identity/clickhouse-log-tables.ts'
import { LogGuard } from './identity/log-guard.ts'
import { createLogWatch, type LogWatch } from './identity/log-watch.ts'
import { boundEventSource } from './log/bounded-event-source.ts'
import type { EventSource } from './log/event-source.ts'
import { createHeartbeats, type Heartbeats } from './log/heartbeats.ts'
import { createKafkaEventSource } from './log/kafka-event-source.ts'
import { createProjection, type Projection } from './projection.ts'
import { type Pipeline, runProjector } from './projector.ts'
import type { ProjectorOptions, RunningProjector } from './projector-options.ts'
import { createClickHouseRowSink } from './tables/clickhouse-row-sink.ts'
import type { RowSink } from './tables/row-sink.ts'
import type { FoldedLog } from './tables/rows.ts'
import { translateClickHouseErrors } from './tables/translate-clickhouse-errors.ts'

type Retry = <T>(call: () => Promise<T>) => Promise<T>
type OnRetry = (error: Error, delayMs: number) => void
type Clients = { readonly admin: Admin; readonly producer: Producer; readonly probe: LogProbe }

/** Prepares topics and tables, joins the consumer group, and folds until stopped. */
export async function startProjector(options: ProjectorOptions): Promise<RunningProjector> {
  const onRetry = onRetryOf(options)
  const retry: Retry = (call) => retryUntilDone(call, { signal: options.signal, onRetry })
  const clients = await connect(options, retry)
  await migrateTables(options, retry)
  const sink = createSink(options)
  const failure = new Failure()
  const { log, guard, watch, logWatch } = await findLog(options, { retry, clients, failure })
  const heartbeats = heartbeatsOf(options, clients.admin, sink)
  const source = await joinGroup(options, { retry, admin: clients.admin, guard, logWatch, heartbeats, failure })
  const stopPeriodicWork = startPeriodicWork(options, { heartbeats, watch, source, logWatch })
  const stopping = new AbortController()
  const pipeline: Pipeline = {
    source: options.rebuild === undefined ? source : boundEventSource(source, options.rebuild.bounds),
    deadLetterLog: deadLetterLogOf(options, clients.producer),
    projection: projectionOf(options, sink, log, { signal: stopping.signal, onRetry }),
    isSameLog: () => logWatch.isSame(),
    waitWhilePaused: (signal) => watch.waitWhilePaused(signal),
    observer: observerOf(options, heartbeats, onRetry),
  }
  const running = runProjector(pipeline, stopping.signal)
  return {
    done: endOf(running, watch, failure),
    async stop() {
      stopping.abort()
      stopPeriodicWork()
      await running.catch(() => undefined)
      await Promise.allSettled([
        ...[source.close(), clients.producer.disconnect(), clients.admin.disconnect(), clients.probe.close()],
      ])
    },
  }
}

const onRetryOf =
  ({ metrics, logger }: ProjectorOptions): OnRetry =>
  (error, delayMs) => {
    metrics.retried((error as { code?: string }).code ?? 'UNKNOWN')
    logger.warn({ reason: error.message, delayMs }, 'Retrying after an error')
  }

async function connect({ kafka }: ProjectorOptions, retry: Retry): Promise<Clients> {
  const admin = kafka.admin()
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await retry(() => translateKafkaErrors(() => Promise.all([admin.connect(), producer.connect()])))
  return { admin, producer, probe: createLogProbe(kafka) }
}

async function migrateTables({ clickhouse, database, logger }: ProjectorOptions, retry: Retry): Promise<void> {
  const applied = await retry(() => translateClickHouseErrors(() => migrate(clickhouse, database)))
  if (applied.length > 0) logger.info({ database, applied }, 'Migrated the database')
}

async function watchGeneration(options: ProjectorOptions, retry: Retry): Promise<GenerationWatch> {
  const { clickhouse, database, rebuild, logger } = options
  const watch = await retry(() =>
    GenerationWatch.begin(async () =>
      rebuild === undefined
        ? translateClickHouseErrors(() => readGenerationState(clickhouse, database))
        : { generation: rebuild.generation, paused: false },
    ),
  )
  if (watch.isPaused) logger.info({ database }, 'Paused until a replay has compared the tables')
  return watch
}

type Finding = { readonly retry: Retry; readonly clients: Clients; readonly failure: Failure }

/** Finds the log and the generation of the tables that are folded from it, and watches both. */
async function findLog(options: ProjectorOptions, { retry, clients, failure }: Finding) {
  const { topics, rebuild, replacedLog = 'stop', logger, metrics } = options
  const { admin, probe } = clients
  const policy = rebuild === undefined ? replacedLog : 'stop'
  const tables = clickHouseLogTables({ ...options, topic: topics.events })
  const guard = new LogGuard({ probe, admin, topic: topics.events, stored: tables.stored })
  const onStartOver = (reason: ProjectorError) =>
    logger.warn({ reason: reason.message }, 'Keeping the tables and folding the new log into them from its beginning')
  const begin = () =>
    beginLog({
      ...{ guard, tables, policy, onStartOver, generation: rebuild?.generation },
      prepareTopics: (isLogKnown) => translateKafkaErrors(() => ensureTopics(admin, topics, !isLogKnown)),
    })
  let log = await retry(begin)
  let watch = await watchGeneration(options, retry)
  while (watch.generation !== log.generation) {
    log = await retry(begin)
    watch = await watchGeneration(options, retry)
  }
  const logWatch = createLogWatch({
    ...{ guard, generations: watch, tables, policy, retry, onStartOver, onFailure: failure.fail },
    onMissing(error) {
      if (error === undefined) return logger.info({ topic: topics.events }, 'The topic exists again')
      metrics.retried('TOPIC_MISSING')
      logger.warn({ reason: error.message }, 'The topic was deleted')
    },
  })
  return { log, guard, watch, logWatch }
}

const createSink = ({ clickhouse, database, metrics }: ProjectorOptions): RowSink =>
  createClickHouseRowSink({ client: clickhouse, database, onInserted: metrics.inserted })

const heartbeatsOf = ({ topics, metrics }: ProjectorOptions, admin: Admin, sink: RowSink): Heartbeats =>
  createHeartbeats({
    ...{ admin, sink, topic: topics.events, now: Date.now },
    onLag: metrics.lag,
    onLagSeconds: metrics.lagSeconds,
  })

/** A failure outside the loop, such as of the consumer. */
class Failure {
  fail: (error: Error) => void = () => undefined
  readonly happened = new Promise<never>((_, reject) => {
    this.fail = reject
  })
}

type Joining = {
  readonly retry: Retry
  readonly admin: Admin
  readonly guard: LogGuard
  readonly logWatch: LogWatch
  readonly heartbeats: Heartbeats
  readonly failure: Failure
}

function joinGroup(options: ProjectorOptions, joining: Joining): Promise<EventSource> {
  const { kafka, topics, metrics, logger, signal } = options
  const { retry, admin, guard, logWatch, heartbeats, failure } = joining
  const topic = topics.events
  const { groupId, instanceId, maxBatchRecords, sessionTimeoutMs } = options
  const join = () =>
    createKafkaEventSource({
      ...{ kafka, topic, groupId, instanceId, maxBatchRecords, sessionTimeoutMs, retry },
      examine: (partitions) => guard.examine(partitions),
      starts: () => translateKafkaErrors(async () => startsOf(await admin.fetchTopicOffsets(topic))),
      onFailure(error) {
        if (signal.aborted) return
        if (isOtherLog(error)) logWatch.replaced(error).catch(failure.fail)
        else failure.fail(error)
      },
      onAssigned(partitions) {
        logger.info({ topic, partitions }, 'Partitions assigned')
        metrics.forgetPartitions()
        heartbeats.assign(partitions).catch((error) => logger.warn({ error }, 'Cannot read positions for heartbeats'))
      },
    })
  return retry(() => translateKafkaErrors(join))
}

const startsOf = (offsets: readonly { partition: number; low: string }[]): ReadonlyMap<number, number> =>
  new Map(offsets.map(({ partition, low }) => [partition, Number(low)]))

const periodMs = 1_000

type PeriodicWork = {
  readonly heartbeats: Heartbeats
  readonly watch: GenerationWatch
  readonly source: EventSource
  readonly logWatch: LogWatch
}

/** @returns stops it */
function startPeriodicWork(options: ProjectorOptions, work: PeriodicWork): () => void {
  const { history, logger } = options
  const { heartbeats, watch, source, logWatch } = work
  const expiry =
    history === undefined
      ? undefined
      : new DailyExpiry({
          ...history,
          isResponsible: () => heartbeats.isAssigned(0),
          now: Date.now,
          onError: (error) => logger.warn({ reason: error.message }, 'Cannot expire history now; retrying later'),
        })
  const timer = setInterval(() => {
    void expiry?.expireIfDue()
    heartbeats
      .beat()
      .then((starts) => source.skipDeleted(starts))
      .catch((error) => logger.debug({ error: String(error) }, 'Cannot write heartbeats'))
    logWatch.look()
    watch.refresh().catch((error) => logger.debug({ error: String(error) }, 'Cannot read the state of replays'))
  }, periodMs)
  return () => clearInterval(timer)
}

/** In a rebuild, dead letters are only counted: the projector of the live tables has written them, and they may have been resolved since. */
function deadLetterLogOf({ rebuild, topics }: ProjectorOptions, producer: Producer): DeadLetterLog {
  if (rebuild === undefined) return createKafkaDeadLetterLog(producer, topics.deadLetters)
  return { append: async (deadLetters) => rebuild.onDeadLetters(deadLetters.length) }
}

type Retrying = { readonly signal: AbortSignal; readonly onRetry: OnRetry }

function projectionOf(
  { registry, topics }: ProjectorOptions,
  sink: RowSink,
  log: FoldedLog,
  retrying: Retrying,
): Projection {
  const decoder = createDecoder()
  const learn = (schemaId: number) =>
    retryUntilDone(() => learnSchema(schemaId, decoder, registry, topics.events), retrying)
  return createProjection(sink, decoder, learn, log)
}

const observerOf = ({ metrics, logger }: ProjectorOptions, heartbeats: Heartbeats, onRetry: OnRetry) =>
  ({
    stored(folded, durationMs) {
      metrics.stored(folded, durationMs)
      heartbeats.stored(folded.positions)
      logger.debug({ events: folded.events, deadLetters: folded.deadLetters.length, durationMs }, 'Batch stored')
    },
    onRetry,
  }) satisfies Pipeline['observer']

function endOf(running: Promise<void>, watch: GenerationWatch, failure: Failure): RunningProjector['done'] {
  const done = Promise.race([
    running.then(() => 'stopped' as const),
    watch.superseded.then(() => 'superseded' as const),
    failure.happened,
  ])
  done.catch(() => undefined)
  return done
}
