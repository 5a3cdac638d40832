import { setTimeout } from 'node:timers/promises'
import {
  type ConsumerStatus,
  createTakeOver,
  deliverEmptyBatches,
  heartbeatWhile,
  kafkaErrorOf,
  logRecordOf,
  metadataMaxAge,
  retryUntilDone,
  type TakeOver,
  watchConsumer,
  watchedRetries,
} from '@headwater/kafka'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import { type RecordStore, recordChunks, storeRecords } from './open-lineage-topic.ts'
import { enterFailure, waitForTopic } from './wait-for-topic.ts'

// Holds: an offset is committed after its record is stored or is a dead letter. A crash between the two stores some events twice, with
// the same ids. A record that cannot be stored yet blocks its own partition only.

export type ConsumeOptions = RecordStore & {
  readonly kafka: Kafka
  readonly topic: string
  readonly groupId: string
  /** The client id, where only a dead process can have the same one. */
  readonly instanceId?: string | undefined
  /** How to create a missing topic, so that a client's first event does not fail. If undefined, the consumer waits for the topic. */
  readonly create?: { readonly numPartitions: number; readonly replicationFactor: number } | undefined
  readonly status: ConsumerStatus
  readonly logger: Logger
  readonly signal: AbortSignal
}

const sessionTimeoutMs = 10_000
const [firstDelayMs, maxDelayMs, closeWithinMs] = [1_000, 60_000, 10_000]

/** Ingests OpenLineage events from a topic whenever it exists, until `signal` aborts. */
export async function consumeTopic(options: ConsumeOptions): Promise<void> {
  const { status, logger, signal } = options
  deliverEmptyBatches()
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, maxDelayMs)) {
    if (!(await waitForTopic(options))) return
    const startedAt = performance.now()
    const error = await consumeUntilEnd(options)
    if (signal.aborted) return
    if (performance.now() - startedAt > maxDelayMs) delayMs = firstDelayMs
    enterFailure(status, error)
    logger.error(
      { reason: error.message, delayMs },
      'The consumer of the OpenLineage topic ended; starting another one',
    )
    await setTimeout(delayMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** @returns why it ended; any error when `signal` has aborted */
async function consumeUntilEnd(options: ConsumeOptions): Promise<Error> {
  const { kafka, topic, groupId, instanceId, logger, status, signal } = options
  const takeOver = createTakeOver(groupId, instanceId)
  const consumer = kafka.consumer({
    groupId,
    partitionAssigners: [takeOver.assigner],
    allowAutoTopicCreation: false,
    metadataMaxAge,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: sessionTimeoutMs * 2,
    heartbeatInterval: 1_000,
    maxWaitTimeInMs: 100,
    retry: watchedRetries,
  })
  consumer.on(consumer.events.GROUP_JOIN, () => {
    logger.info({ topic, groupId }, 'Consuming OpenLineage events from Kafka')
    status.enter('consuming')
  })
  const ended = new Promise<Error>((resolve) => {
    const unwatch = watchConsumer(consumer, { onEnd: resolve })
    const stop = () => {
      unwatch()
      resolve(new Error('stopped'))
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    begin(consumer, takeOver, options).catch((error: Error) => {
      unwatch()
      resolve(error)
    })
  })
  const error = await ended
  // A consumer that is silent may never disconnect; it does when its next request fails.
  await Promise.race([consumer.disconnect(), setTimeout(closeWithinMs, undefined, { ref: false })]).catch(
    () => undefined,
  )
  return kafkaErrorOf(error, { operation: 'Read', topics: [topic], group: groupId })
}

async function begin(consumer: Consumer, takeOver: TakeOver, options: ConsumeOptions): Promise<void> {
  await consumer.connect()
  await consumer.subscribe({ topics: [options.topic], fromBeginning: true })
  await takeOver.prepare()
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
  const onRetry = (error: Error, delayMs: number) => {
    options.status.enter('retrying', error.message)
    options.logger.warn({ reason: error.message, delayMs }, 'Waiting to store records')
  }
  const beat = () => heartbeat().catch(() => undefined) // after a rebalance the next fetch fails
  for (const chunk of recordChunks(records)) {
    if (!isRunning() || isStale() || options.signal.aborted) return
    const storing = retryUntilDone(() => storeRecords(chunk, options), {
      signal: options.signal,
      onRetry,
      initialDelayMs: 500,
    })
    await heartbeatWhile(storing, beat)
    if (options.status.now.state === 'retrying') options.status.enter('consuming')
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
