import { createAccess } from '@headwater/access'
import { logOptions } from '@headwater/config'
import { isStopRequested, onFirstSignal, stopSignals } from '@headwater/config/first-signal'
import { exitOnFailure } from '@headwater/http'
import {
  ConsumerStatus,
  createKafka,
  createKafkaDeadLetterLog,
  instanceIdOf,
  kafkaPrincipal,
  quietRequestQueues,
  registryOf,
  retryUntilDone,
  topicsOf,
  translateKafkaErrors,
} from '@headwater/kafka'
import closeWithGrace from 'close-with-grace'
import { type Logger, pino } from 'pino'
import { buildApp } from './app.ts'
import { type GatewayConfig, loadConfig } from './config.ts'
import { createIngest } from './events/ingest.ts'
import { openLineageEventsOf } from './events/open-lineage-events.ts'
import { BatchingEventLog } from './log/batching-event-log.ts'
import { createKafkaReachability } from './log/kafka-reachability.ts'
import { createKafkaRecordSender } from './log/kafka-record-sender.ts'
import { prepareLog } from './log/prepare-log.ts'
import { watchTopics } from './log/watch-topics.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import type { OpenLineageConsumer } from './routes/operation-routes.ts'
import { consumeTopic } from './topic/consume-topic.ts'
import { TopicGaps } from './topic/topic-gaps.ts'

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  quietRequestQueues()
  const logger = pino(logOptions('gateway', config.LOG_LEVEL))
  const metrics = createMetrics()
  const { kafka, log } = connectLog(config, metrics, logger)
  metrics.watchQueue(() => log.pending)
  const reachability = createKafkaReachability(kafka, config.PROJECTOR_TOPIC)
  const consumer = openLineageConsumer(config, metrics)
  const access = await createAccess(config.access, { warn: (line) => logger.warn(line) })
  const app = await buildApp({
    log,
    metrics,
    logger,
    access,
    guard: config.guard,
    trim: config.trim,
    problem: async () => log.problem ?? (await reachability()),
    consumer,
    maxBodyBytes: config.GATEWAY_MAX_BODY_BYTES,
    maxBodiesBytes: config.GATEWAY_MAX_QUEUED_BYTES,
  })
  const stopping = new AbortController()
  await app.listen({ host: config.GATEWAY_HOST, port: config.GATEWAY_PORT })
  const close = async () => {
    stopping.abort()
    await app.close()
    if (access.kind === 'guarded') access.close()
    await log.close(config.GATEWAY_DEADLINE_MS + 1_000)
  }
  closeWithGrace({ delay: 15_000, logger: false, skip: [...stopSignals] }, async ({ err }) => {
    if (err !== undefined) logger.error({ err }, 'Stopping')
    await close()
  })
  onFirstSignal(close, { withinMs: 14_000, onTrouble: (text) => logger.warn(text) })
  const { signal } = stopping
  const preparing = prepareLog({ kafka, registry: registryOf(config), topics: topicsOf(config), logger, signal })
  const checked = preparing.then((prepared) =>
    watchTopics(config, { kafka, metrics, logger, signal }).then(() => prepared),
  )
  const ids = await checked.catch((error: Error) => {
    if (!signal.aborted) throw error
  })
  if (ids === undefined) return
  log.open(ids)
  const ingesting = consumer && ingestTopic(config, { log, metrics, consumer, logger, signal })
  logger.info({ topic: config.PROJECTOR_TOPIC }, 'Accepting events')
  await ingesting // rejects by a mistake of ours only: the process ends then
}

function openLineageConsumer(config: GatewayConfig, metrics: Metrics): OpenLineageConsumer | undefined {
  const topic = config.GATEWAY_OPENLINEAGE_TOPIC
  if (topic === '') return undefined
  const consumer = { status: new ConsumerStatus(), gaps: new TopicGaps(topic) }
  metrics.watchConsumer(consumer.status)
  metrics.watchGaps(consumer.gaps)
  return consumer
}

function connectLog(config: GatewayConfig, metrics: Metrics, logger: Logger) {
  // Few retries here: the queue retries, until the deadline of its records.
  const timeouts = { requestTimeout: 8_000, retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 1 } }
  const kafka = createKafka('headwater-gateway', config, logger, timeouts)
  const log = new BatchingEventLog({
    sender: createKafkaRecordSender(kafka, config.PROJECTOR_TOPIC, kafkaPrincipal(config)),
    limits: {
      maxBytes: config.GATEWAY_MAX_QUEUED_BYTES,
      maxRecords: config.GATEWAY_MAX_QUEUED_EVENTS,
      deadlineMs: config.GATEWAY_DEADLINE_MS,
    },
    maxRecordBytes: config.GATEWAY_MAX_RECORD_BYTES,
    observer: {
      sent: (records, _, durationMs) => metrics.batchSent(records, durationMs),
      failed(error) {
        metrics.batchFailed()
        logger.warn({ reason: error.message }, 'Failed to send a batch; retrying')
      },
    },
  })
  return { kafka, log }
}

type TopicIngestOptions = {
  readonly log: BatchingEventLog
  readonly metrics: Metrics
  readonly consumer: OpenLineageConsumer
  readonly logger: Logger
  readonly signal: AbortSignal
}

async function ingestTopic(config: GatewayConfig, options: TopicIngestOptions): Promise<void> {
  const { log, metrics, consumer, logger, signal } = options
  const instance = instanceIdOf(config.GATEWAY_HOST, config.GATEWAY_PORT)
  const instanceId = instance && `headwater-gateway-${instance}`
  const principal = kafkaPrincipal(config)
  const kafka = createKafka(instanceId ?? 'headwater-gateway', config, logger)
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  const connecting = retryUntilDone(() => translateKafkaErrors(() => producer.connect()), {
    signal,
    onRetry: () => undefined,
  })
  await connecting.catch(() => undefined)
  const read = (value: unknown) => openLineageEventsOf(value, { trim: config.trim })
  const onBug = (error: Error) => logger.error({ err: error }, 'Failed to read an event')
  await consumeTopic({
    ...{
      kafka,
      topic: config.GATEWAY_OPENLINEAGE_TOPIC,
      groupId: config.GATEWAY_GROUP,
      instanceId,
      principal,
      ...consumer,
      logger,
      signal,
    },
    onLag: (records) => metrics.topicLag(config.GATEWAY_OPENLINEAGE_TOPIC, records),
    onStalled: metrics.consumerStalled,
    create: config.KAFKA_CREATE_TOPICS
      ? { numPartitions: config.KAFKA_TOPIC_PARTITIONS, replicationFactor: config.KAFKA_TOPIC_REPLICATION }
      : undefined,
    ingest: createIngest({ source: 'topic', read, log, metrics, onBug }),
    deadLetterLog: createKafkaDeadLetterLog(producer, config.PROJECTOR_DEAD_LETTERS_TOPIC, principal),
  })
  await producer.disconnect().catch(() => undefined)
}

main().catch((error) => {
  if (!isStopRequested()) exitOnFailure('gateway', 'GATEWAY_PORT')(error)
})
