import { joinGaps, logGapsSql, migrate, type LogGap as NotedGap, readRows, recordsIn } from '@headwater/clickhouse'
import {
  createKafkaDeadLetterLog,
  createLogProbe,
  createStallWatch,
  type DeadLetterLog,
  type KafkaUse,
  type LogProbe,
  translateKafkaErrors,
} from '@headwater/kafka'
import { createDecoder } from '@headwater/schemas'
import type { Admin, Producer } from 'kafkajs'
import { learnSchema } from './fold/learn-schema.ts'
import type { GenerationWatch } from './generations/generation-watch.ts'
import { DailyExpiry } from './history/daily-expiry.ts'
import { isOtherLog } from './identity/begin-log.ts'
import { findLog } from './identity/find-log.ts'
import type { IdentityWatch } from './identity/identity-watch.ts'
import type { LogGuard } from './identity/log-guard.ts'
import { boundEventSource } from './log/bounded-event-source.ts'
import { createClickHouseReadTimes } from './log/clickhouse-read-times.ts'
import type { EventSource } from './log/event-source.ts'
import { createHeartbeats, type Heartbeats } from './log/heartbeats.ts'
import { createKafkaEventSource } from './log/kafka-event-source.ts'
import { checkTopics, startLogWatch } from './log/log-watch.ts'
import { timeEventSource } from './log/timed-event-source.ts'
import { createProjection, type Projection } from './projection.ts'
import { type Pipeline, runProjector } from './projector.ts'
import type { ProjectorOptions, RunningProjector } from './projector-options.ts'
import { createClickHouseRowSink } from './tables/clickhouse-row-sink.ts'
import type { RowSink } from './tables/row-sink.ts'
import type { FoldedLog, LogGap } from './tables/rows.ts'
import { translateClickHouseErrors } from './tables/translate-clickhouse-errors.ts'
import { type Retry, Waits } from './waits.ts'

type Clients = { readonly admin: Admin; readonly producer: Producer; readonly probe: LogProbe }

/** Prepares topics and tables, joins the consumer group, and folds until stopped. */
export async function startProjector(options: ProjectorOptions): Promise<RunningProjector> {
  const waits = waitsOf(options)
  const clients = clientsOf(options)
  try {
    return await startWith(clients, options, waits)
  } catch (error) {
    await disconnect(clients)
    throw error
  }
}

async function startWith(clients: Clients, options: ProjectorOptions, waits: Waits): Promise<RunningProjector> {
  const retry: Retry = (call) => waits.retry(call, options.signal)
  await retry(() => translateKafkaErrors(() => Promise.all([clients.admin.connect(), clients.producer.connect()])))
  await migrateTables(options, retry)
  const sink = createSink(options)
  const failure = new Failure()
  const { log, guard, watch, identityWatch } = await findLog(options, { ...clients, retry, onFailure: failure.fail })
  const topicCheck = options.rebuild === undefined ? await retry(() => checkTopics(options, clients.admin)) : undefined
  const heartbeats = heartbeatsOf(options, clients.admin, sink)
  const source = await joinGroup(options, { retry, admin: clients.admin, guard, identityWatch, heartbeats, failure })
  const stopPeriodicWork = startPeriodicWork(options, {
    heartbeats,
    watch,
    source,
    identityWatch,
    onStall: failure.fail,
  })
  const stopLogWatch =
    options.rebuild === undefined ? startLogWatch(options, clients.admin, heartbeats, topicCheck) : undefined
  const stopping = new AbortController()
  const timed = timedSource(options, log.logId, source, (call) => waits.retry(call, stopping.signal))
  const pipeline: Pipeline = {
    source: options.rebuild === undefined ? timed : boundEventSource(timed, options.rebuild.bounds),
    deadLetterLog: deadLetterLogOf(options, clients.producer),
    projection: projectionOf(options, sink, log, (call) => waits.retry(call, stopping.signal)),
    isSameLog: () => identityWatch.isSame(),
    waitWhilePaused: (signal) => watch.waitWhilePaused(signal),
    retry: (call) => waits.retry(call, stopping.signal),
    observer: observerOf(options, heartbeats),
  }
  const running = runProjector(pipeline, stopping.signal)
  return {
    done: endOf(running, watch, failure),
    async stop() {
      stopping.abort()
      stopPeriodicWork()
      await stopLogWatch?.()
      await running.catch(() => undefined)
      await Promise.allSettled([source.close(), disconnect(clients)])
    },
  }
}

function waitsOf({ metrics, logger, status }: ProjectorOptions): Waits {
  const onRetry = (error: Error) => {
    if (status?.now.state !== 'consuming') status?.enter('retrying', error.message)
    metrics.retried((error as { code?: string }).code ?? 'UNKNOWN')
  }
  const waits = new Waits({ logger, now: Date.now, onRetry })
  metrics.watchWaits(() => waits.current)
  return waits
}

const clientsOf = ({ kafka }: ProjectorOptions): Clients => ({
  admin: kafka.admin(),
  producer: kafka.producer({ allowAutoTopicCreation: false }),
  probe: createLogProbe(kafka),
})

const disconnect = ({ admin, producer, probe }: Clients) =>
  Promise.allSettled([producer.disconnect(), admin.disconnect(), probe.close()])

async function migrateTables({ clickhouse, database, logger }: ProjectorOptions, retry: Retry): Promise<void> {
  const applied = await retry(() => translateClickHouseErrors(() => migrate(clickhouse, database)))
  if (applied.length > 0) logger.info({ database, applied }, 'Migrated the database')
}

const createSink = ({ clickhouse, database, metrics }: ProjectorOptions): RowSink =>
  createClickHouseRowSink({ client: clickhouse, database, onInserted: metrics.inserted })

const heartbeatsOf = ({ topics, metrics, logger }: ProjectorOptions, admin: Admin, sink: RowSink): Heartbeats =>
  createHeartbeats({
    ...{ admin, sink, topic: topics.events, now: Date.now },
    onLag: metrics.lag,
    onLagSeconds: metrics.lagSeconds,
    onAdded: (partition) =>
      logger.info({ topic: topics.events, partition }, 'A partition was added; the group assigns it within seconds'),
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
  readonly identityWatch: IdentityWatch
  readonly heartbeats: Heartbeats
  readonly failure: Failure
}

function joinGroup(options: ProjectorOptions, joining: Joining): Promise<EventSource> {
  const { kafka, topics, metrics, logger, signal } = options
  const { retry, admin, guard, identityWatch, heartbeats, failure } = joining
  const topic = topics.events
  const { groupId, instanceId, principal, maxBatchRecords, sessionTimeoutMs } = options
  const use: KafkaUse = { operation: 'Read', topics: [topic], principal }
  const join = () =>
    createKafkaEventSource({
      ...{ kafka, topic, groupId, instanceId, principal, maxBatchRecords, sessionTimeoutMs, retry },
      examine: (partitions) => guard.examine(partitions),
      starts: () => translateKafkaErrors(async () => startsOf(await admin.fetchTopicOffsets(topic)), use),
      onFailure(error) {
        if (signal.aborted) return
        if (isOtherLog(error)) identityWatch.replaced(error).catch(failure.fail)
        else failure.fail(error)
      },
      onAssigned(partitions) {
        logger.info({ topic, partitions }, 'Partitions assigned')
        options.status?.assigned()
        metrics.forgetPartitions()
        retry(() => heartbeats.assign(partitions)).catch((error) =>
          logger.warn({ error }, 'Cannot read positions for heartbeats'),
        )
      },
      onEmpty: heartbeats.passed,
    })
  return retry(join)
}

const startsOf = (offsets: readonly { partition: number; low: string }[]): ReadonlyMap<number, number> =>
  new Map(offsets.map(({ partition, low }) => [partition, Number(low)]))

const periodMs = 1_000
/** The gaps of all projectors are read again after so many periods. */
const gapPeriods = 10

type PeriodicWork = {
  readonly heartbeats: Heartbeats
  readonly watch: GenerationWatch
  readonly source: EventSource
  readonly identityWatch: IdentityWatch
  readonly onStall: (error: Error) => void
}

/** @returns stops it */
function startPeriodicWork(options: ProjectorOptions, work: PeriodicWork): () => void {
  const { history, logger, metrics, status, stalledAfterMs } = options
  const { heartbeats, watch, source, identityWatch } = work
  const stallWatch = createStallWatch({
    ...{ topic: options.topics.events, periodMs, stalledAfterMs, status },
    onStall(error) {
      metrics.stalled()
      work.onStall(error)
    },
  })
  const expiry =
    history === undefined
      ? undefined
      : new DailyExpiry({
          ...history,
          isResponsible: () => heartbeats.isAssigned(0),
          now: Date.now,
          onError: (error) => logger.warn({ reason: error.message }, 'Cannot expire history now; retrying later'),
        })
  let periods = 0
  const timer = setInterval(() => {
    void expiry?.expireIfDue()
    heartbeats
      .beat()
      .then((ends) => {
        const next = source.reading()
        stallWatch.check(next && new Map([...next].map(([partition, next]) => readingOf(partition, next, ends))))
        return source.skipDeleted(new Map([...ends].map(([partition, { low }]) => [partition, low])))
      })
      .catch((error) => logger.debug({ error: String(error) }, 'Cannot write heartbeats'))
    identityWatch.look()
    if (periods++ % gapPeriods === 0) void reportGaps(options)
    watch.refresh().catch((error) => logger.debug({ error: String(error) }, 'Cannot read the state of replays'))
  }, periodMs)
  return () => clearInterval(timer)
}

const readingOf = (partition: number, next: number, ends: ReadonlyMap<number, { readonly high: number }>) =>
  [partition, { next, end: ends.get(partition)?.high ?? next }] as const

async function reportGaps({ clickhouse, database, metrics, topics, logger }: ProjectorOptions): Promise<void> {
  try {
    const gaps = await readRows<NotedGap>(clickhouse, { query: logGapsSql(`\`${database}\`.log_gaps`) })
    metrics.gapRecords(recordsIn(joinGaps(gaps.filter(({ topic }) => topic === topics.events))))
  } catch (error) {
    logger.debug({ error: String(error) }, 'Cannot read gaps of the log')
  }
}

function timedSource(options: ProjectorOptions, logId: string, source: EventSource, retry: Retry): EventSource {
  const { clickhouse, database, readTimesDatabase = database, metrics } = options
  return timeEventSource(source, {
    readTimes: createClickHouseReadTimes(clickhouse, readTimesDatabase, logId),
    now: Date.now,
    retry,
    onWrongTimes: metrics.wrongTimes,
  })
}

/** In a rebuild, dead letters are only counted: the projector of the live tables has written them, and they may have been resolved since. */
function deadLetterLogOf({ rebuild, topics, principal }: ProjectorOptions, producer: Producer): DeadLetterLog {
  if (rebuild === undefined) return createKafkaDeadLetterLog(producer, topics.deadLetters, principal)
  return { append: async (deadLetters) => rebuild.onDeadLetters(deadLetters.length) }
}

function projectionOf({ registry, topics }: ProjectorOptions, sink: RowSink, log: FoldedLog, retry: Retry): Projection {
  const decoder = createDecoder()
  const learn = (schemaId: number) => retry(() => learnSchema(schemaId, decoder, registry, topics.events))
  return createProjection(sink, decoder, learn, log)
}

const gapText = ({ topic, partition, firstOffset, lastOffset }: LogGap): string =>
  `${lastOffset - firstOffset + 1} records of ${topic} partition ${partition}, offsets ${firstOffset} to ${lastOffset}, were deleted from the log before they were folded. See docs/operations.md, "Records were deleted before they were folded"`

const observerOf = (options: ProjectorOptions, heartbeats: Heartbeats) => {
  const { metrics, logger } = options
  return {
    stored(folded, durationMs) {
      metrics.stored(folded, durationMs)
      heartbeats.stored(folded.positions)
      for (const gap of folded.gaps) logger.warn(gap, gapText(gap))
      if (folded.gaps.length > 0) void reportGaps(options)
      logger.debug({ events: folded.events, deadLetters: folded.deadLetters.length, durationMs }, 'Batch stored')
    },
  } satisfies Pipeline['observer']
}

function endOf(running: Promise<void>, watch: GenerationWatch, failure: Failure): RunningProjector['done'] {
  const done = Promise.race([
    running.then(() => 'stopped' as const),
    watch.superseded.then(() => 'superseded' as const),
    failure.happened,
  ])
  done.catch(() => undefined)
  return done
}
