import { setTimeout } from 'node:timers/promises'
import { heartbeatWhile, readRetryHeaders, retryUntilDone, translateKafkaErrors } from '@headwater/kafka'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import { recordChunks, storeRecords, type TopicParts } from './open-lineage-topic.ts'

// Holds: an offset is committed after its record is stored or is a dead letter; a crash between the two stores some again, and their
// ids are the same. A record that cannot be stored now holds up its partition, not the others.

export type TopicOptions = TopicParts & {
  readonly kafka: Kafka
  readonly topic: string
  readonly groupId: string
  /** How the topic is made where it is missing: a client's first event fails for want of it. Without, it is waited for. */
  readonly create?: { readonly numPartitions: number; readonly replicationFactor: number } | undefined
  readonly logger: Logger
  readonly signal: AbortSignal
}

const [lookMs, sessionTimeoutMs] = [10_000, 30_000]

/** Takes OpenLineage events from a topic, from when it exists until `signal` aborts. */
export async function consumeTopic(options: TopicOptions): Promise<void> {
  const { kafka, topic, groupId, logger, signal } = options
  if (!(await untilItExists(options))) return
  const consumer = kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: sessionTimeoutMs * 2,
    maxWaitTimeInMs: 100,
    retry: { retries: 2 ** 31 - 1, initialRetryTime: 100, maxRetryTime: 5_000, restartOnFailure: async () => true },
  })
  const onRetry = (error: Error, delayMs: number) =>
    logger.warn({ reason: error.message, delayMs }, 'Waiting to try again')
  await retryUntilDone(() => translateKafkaErrors(() => begin(consumer, options)), { signal, onRetry })
  logger.info({ topic, groupId }, 'Taking OpenLineage events from Kafka')
  await aborted(signal)
  await consumer.disconnect().catch(() => undefined)
}

async function begin(consumer: Consumer, options: TopicOptions): Promise<void> {
  await consumer.connect()
  await consumer.subscribe({ topics: [options.topic], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: (payload) => takeBatch(consumer, payload, options),
  })
}

async function takeBatch(consumer: Consumer, payload: EachBatchPayload, options: TopicOptions): Promise<void> {
  const { batch, heartbeat, isRunning, isStale, resolveOffset } = payload
  const { topic, partition } = batch
  const records = batch.messages.map(({ offset, key, value, timestamp, headers = {} }) => ({
    ...{ topic, partition, offset: Number(offset), key, value, recordedAt: Number(timestamp) },
    retry: readRetryHeaders(Object.entries(headers)),
  }))
  const onRetry = (error: Error, delayMs: number) =>
    options.logger.warn({ reason: error.message, delayMs }, 'Waiting to store')
  const beat = () => heartbeat().catch(() => undefined) // after a rebalance the next fetch fails, once the chunk is stored
  for (const chunk of recordChunks(records)) {
    if (!isRunning() || isStale() || options.signal.aborted) return
    const storing = retryUntilDone(() => storeRecords(chunk, options), {
      signal: options.signal,
      onRetry,
      initialDelayMs: 500,
    })
    await heartbeatWhile(storing, beat)
    await beat()
    const last = chunk.at(-1)?.offset ?? 0
    resolveOffset(String(last))
    await consumer.commitOffsets([{ topic, partition, offset: String(last + 1) }])
  }
}

async function untilItExists({ kafka, topic, create, logger, signal }: TopicOptions): Promise<boolean> {
  for (let isTold = false; !signal.aborted; isTold = true) {
    if (await exists(kafka, topic, create).catch(() => false)) return true
    if (!isTold)
      logger.info({ topic }, 'No OpenLineage events from Kafka: the topic does not exist; looking again every 10 s')
    await setTimeout(lookMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
  return false
}

async function exists(kafka: Kafka, topic: string, create: TopicOptions['create']): Promise<boolean> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    if ((await admin.listTopics()).includes(topic)) return true
    if (create === undefined) return false
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic, ...create }] })
    return true
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
