import { setTimeout } from 'node:timers/promises'
import {
  deliverEmptyBatches,
  heartbeatWhile,
  logRecordOf,
  metadataMaxAge,
  replicaConfig,
  retryUntilDone,
  translateKafkaErrors,
} from '@headwater/kafka'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import { type RecordStore, recordChunks, storeRecords } from './open-lineage-topic.ts'

// Holds: an offset is committed after its record is stored or is a dead letter. A crash between the two stores some events twice, with
// the same ids. A record that cannot be stored yet blocks its own partition only.

export type ConsumeOptions = RecordStore & {
  readonly kafka: Kafka
  readonly topic: string
  readonly groupId: string
  /** How to create a missing topic, so that a client's first event does not fail. If undefined, the consumer waits for the topic. */
  readonly create?: { readonly numPartitions: number; readonly replicationFactor: number } | undefined
  readonly logger: Logger
  readonly signal: AbortSignal
}

const [pollMs, sessionTimeoutMs] = [10_000, 30_000]

/** Ingests OpenLineage events from a topic, once it exists and until `signal` aborts. */
export async function consumeTopic(options: ConsumeOptions): Promise<void> {
  const { kafka, topic, groupId, logger, signal } = options
  if (!(await waitForTopic(options))) return
  deliverEmptyBatches()
  const consumer = kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    metadataMaxAge,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: sessionTimeoutMs * 2,
    maxWaitTimeInMs: 100,
    retry: { retries: 2 ** 31 - 1, initialRetryTime: 100, maxRetryTime: 5_000, restartOnFailure: async () => true },
  })
  const onRetry = (error: Error, delayMs: number) => logger.warn({ reason: error.message, delayMs }, 'Waiting to retry')
  await retryUntilDone(() => translateKafkaErrors(() => begin(consumer, options)), { signal, onRetry })
  logger.info({ topic, groupId }, 'Consuming OpenLineage events from Kafka')
  await aborted(signal)
  await consumer.disconnect().catch(() => undefined)
}

async function begin(consumer: Consumer, options: ConsumeOptions): Promise<void> {
  await consumer.connect()
  await consumer.subscribe({ topics: [options.topic], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: (payload) => storeBatch(consumer, payload, options),
  })
}

async function storeBatch(consumer: Consumer, payload: EachBatchPayload, options: ConsumeOptions): Promise<void> {
  const { batch, heartbeat, isRunning, isStale, resolveOffset } = payload
  const { topic, partition } = batch
  const records = batch.messages.map((message) => logRecordOf(topic, partition, message))
  const onRetry = (error: Error, delayMs: number) =>
    options.logger.warn({ reason: error.message, delayMs }, 'Waiting to store records')
  const beat = () => heartbeat().catch(() => undefined) // after a rebalance the next fetch fails
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
  const last = Number(batch.lastOffset()) // also of a marker of a transaction, which is no record
  if (last <= (records.at(-1)?.offset ?? -1) || !isRunning() || isStale()) return
  resolveOffset(String(last))
  await consumer.commitOffsets([{ topic, partition, offset: String(last + 1) }])
}

async function waitForTopic({ kafka, topic, create, logger, signal }: ConsumeOptions): Promise<boolean> {
  for (let isLogged = false; !signal.aborted; isLogged = true) {
    if (await exists(kafka, topic, create).catch(() => false)) return true
    if (!isLogged) logger.info({ topic }, 'The OpenLineage topic does not exist; checking every 10 s')
    await setTimeout(pollMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
  return false
}

async function exists(kafka: Kafka, topic: string, create: ConsumeOptions['create']): Promise<boolean> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    if ((await admin.listTopics()).includes(topic)) return true
    if (create === undefined) return false
    const configEntries = Object.entries(replicaConfig(create.replicationFactor)).map(([name, value]) => ({
      name,
      value,
    }))
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic, ...create, configEntries }] })
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
