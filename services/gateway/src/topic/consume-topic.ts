import { setTimeout } from 'node:timers/promises'
import {
  type ConsumerStatus,
  createTakeOver,
  deliverEmptyBatches,
  heartbeatWhile,
  KafkaError,
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
import { waitForTopic } from './wait-for-topic.ts'
import { type LagOptions, watchLag } from './watch-lag.ts'

// Holds: an offset is committed after its record is stored or is a dead letter. A crash between the two stores some events twice, with
// the same ids. A record that cannot be stored yet blocks its own partition only.

export type ConsumeOptions = RecordStore &
  Pick<LagOptions, 'onLag' | 'stalledAfterMs'> & {
    readonly kafka: Kafka
    readonly topic: string
    readonly groupId: string
    /** The client id, where only a dead process can have the same one. */
    readonly instanceId?: string | undefined
    /** To whom missing rights are to be granted. */
    readonly principal?: string | undefined
    /** How to create a missing topic, so that a client's first event does not fail. If undefined, the consumer waits for the topic. */
    readonly create?: { readonly numPartitions: number; readonly replicationFactor: number } | undefined
    readonly status: ConsumerStatus
    /** The consumer read nothing while records waited. */
    readonly onStalled: () => void
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
    status.ended(error)
    if (status.now.state === 'stalled') options.onStalled()
    logger.error(
      { reason: error.message, delayMs },
      'The consumer of the OpenLineage topic ended; starting another one',
    )
    await setTimeout(delayMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** @returns why it ended; any error when `signal` has aborted */
async function consumeUntilEnd(options: ConsumeOptions): Promise<Error> {
  const { kafka, topic, groupId, instanceId, principal, logger, status, signal } = options
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
  const consumed = { assigned: [] as readonly number[], waiting: new Set<number>() }
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    logger.info({ topic, groupId }, 'Consuming OpenLineage events from Kafka')
    status.assigned()
    consumed.assigned = payload.memberAssignment[topic] ?? []
  })
  const ending = new AbortController()
  const ended = new Promise<Error>((resolve) => {
    const unwatchLag = watchLag(consumed, { ...options, onStall: resolve })
    const unwatchConsumer = watchConsumer(consumer, { onEnd: resolve })
    ending.signal.addEventListener('abort', unwatchLag, { once: true })
    ending.signal.addEventListener('abort', unwatchConsumer, { once: true })
    if (signal.aborted) resolve(stopped)
    else signal.addEventListener('abort', () => resolve(stopped), { once: true, signal: ending.signal })
    begin({ consumer, takeOver, waiting: consumed.waiting, onFailure: resolve }, options).catch(resolve)
  })
  const error = await ended
  ending.abort()
  // A consumer that is silent may never disconnect; it does when its next request fails.
  await Promise.race([consumer.disconnect(), setTimeout(closeWithinMs, undefined, { ref: false })]).catch(
    () => undefined,
  )
  return kafkaErrorOf(error, { operation: 'Read', topics: [topic], group: groupId, principal })
}

const stopped = new Error('stopped')

type Consuming = {
  readonly consumer: Consumer
  readonly takeOver: TakeOver
  /** Partitions whose records are read and cannot be stored yet. */
  readonly waiting: Set<number>
  /** Records can never be stored as things are: kafkajs would only try again. */
  readonly onFailure: (error: Error) => void
}

async function begin(consuming: Consuming, options: ConsumeOptions): Promise<void> {
  const { consumer, takeOver, waiting, onFailure } = consuming
  await consumer.connect()
  await consumer.subscribe({ topics: [options.topic], fromBeginning: true })
  await takeOver.prepare()
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 4,
    async eachBatch(payload) {
      try {
        await storeBatch(consuming, payload, options)
      } catch (error) {
        if (error instanceof KafkaError) onFailure(error)
        throw error
      } finally {
        waiting.delete(payload.batch.partition)
      }
    },
  })
}

async function storeBatch(
  { consumer, waiting }: Consuming,
  payload: EachBatchPayload,
  options: ConsumeOptions,
): Promise<void> {
  const { batch, heartbeat, isRunning, isStale, resolveOffset } = payload
  const { topic, partition } = batch
  const { status, signal, logger } = options
  const records = batch.messages.map((message) => logRecordOf(topic, partition, message))
  const onRetry = (error: Error, delayMs: number) => {
    waiting.add(partition)
    status.enter('retrying', error.message)
    logger.warn({ reason: error.message, delayMs }, 'Waiting to store records')
  }
  const beat = () => heartbeat().catch(() => undefined) // after a rebalance the next fetch fails
  for (const chunk of recordChunks(records)) {
    if (!isRunning() || isStale() || signal.aborted) return
    const storing = retryUntilDone(() => storeRecords(chunk, options), { signal, onRetry, initialDelayMs: 500 })
    await heartbeatWhile(storing, beat)
    if (waiting.delete(partition) && waiting.size === 0 && status.now.state === 'retrying') status.enter('consuming')
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
