import { createTopicCheck, type NamedTopic, retryUntilDone, topicsOf, translateKafkaErrors } from '@headwater/kafka'
import type { Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import type { GatewayConfig } from '../config.ts'
import type { Metrics } from '../metrics.ts'

export type WatchOptions = {
  readonly kafka: Kafka
  readonly metrics: Metrics
  readonly logger: Logger
  readonly signal: AbortSignal
}

const periodMs = 60_000

/**
 * Compares topics and group with what the gateway needs of them, now and once a minute until `signal` aborts.
 * @throws KafkaError TOPIC_UNSUITABLE where KAFKA_TOPIC_CHECK is refuse and one of them now loses events
 */
export async function watchTopics(config: GatewayConfig, options: WatchOptions): Promise<void> {
  const { check: mode, events } = topicsOf(config)
  const { kafka, metrics, logger, signal } = options
  if (mode === undefined) return
  const admin = kafka.admin()
  signal.addEventListener('abort', () => void admin.disconnect().catch(() => undefined), { once: true })
  const topic = config.GATEWAY_OPENLINEAGE_TOPIC
  const inbox: readonly NamedTopic[] = topic === '' ? [] : [{ name: topic, use: 'openLineage' }]
  const check = createTopicCheck({
    admin,
    topics: [{ name: events, use: 'events' }, ...inbox],
    group:
      topic === ''
        ? undefined
        : { groupId: config.GATEWAY_GROUP, topic, variables: ['GATEWAY_GROUP', 'GATEWAY_OPENLINEAGE_TOPIC'] },
    judging: { bootstrapServer: mode.bootstrapServer, maxRecordBytes: config.GATEWAY_MAX_RECORD_BYTES },
    logger,
    onFound: metrics.topicProblems,
  })
  const first = () =>
    translateKafkaErrors(async () => {
      await admin.connect()
      await (mode.refuses ? check.require() : check.check())
    })
  await retryUntilDone(first, { signal, onRetry: () => undefined })
  const timer = setInterval(() => void check.check(), periodMs)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}
