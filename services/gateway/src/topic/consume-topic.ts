import { setTimeout } from 'node:timers/promises'
import {
  type ConsumerStatus,
  createLogProbe,
  createStallWatch,
  createTakeOver,
  deliverEmptyBatches,
  heartbeatWhile,
  KafkaError,
  kafkaErrorOf,
  type LogRecord,
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
import { type HeldPartition, TopicAssignment, type TopicMemory } from './topic-assignment.ts'
import type { TopicGaps } from './topic-gaps.ts'
import { TopicPositions } from './topic-positions.ts'
import { waitForTopic } from './wait-for-topic.ts'

// Holds: an offset is committed after its record is stored or is a dead letter. A crash between the two stores some events twice, with
// the same ids. A record that cannot be stored yet blocks its own partition only.

export type ConsumeOptions = RecordStore & {
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
  readonly gaps: TopicGaps
  /** Called with the records that wait, by partition of this consumer. */
  readonly onLag: (records: ReadonlyMap<number, number>) => void
  /** The consumer read nothing while records waited. */
  readonly onStalled: () => void
  /** How long records may wait while none is read; default: a minute. */
  readonly stalledAfterMs?: number | undefined
  readonly logger: Logger
  readonly signal: AbortSignal
}

const lookMs = 1_000
const sessionTimeoutMs = 10_000
const [firstDelayMs, maxDelayMs, closeWithinMs] = [1_000, 60_000, 10_000]

/** Ingests OpenLineage events from a topic whenever it exists, until `signal` aborts. */
export async function consumeTopic(options: ConsumeOptions): Promise<void> {
  const { status, logger, signal } = options
  const memory: TopicMemory = new Map()
  deliverEmptyBatches()
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, maxDelayMs)) {
    if (!(await waitForTopic(options))) return
    const startedAt = performance.now()
    const error = await consumeUntilEnd(options, memory)
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
async function consumeUntilEnd(options: ConsumeOptions, memory: TopicMemory): Promise<Error> {
  const { kafka, topic, groupId, instanceId, principal, logger, signal, onLag } = options
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
  const ending = new AbortController()
  const ended = new Promise<Error>((resolve) => {
    const unwatch = watchConsumer(consumer, { onEnd: resolve })
    const fail = (error: Error) => {
      unwatch()
      resolve(error)
    }
    const stop = () => fail(new Error('stopped'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true, signal: ending.signal })
    begin(consumer, { ...options, memory, takeOver, fail, ended: ending.signal, waiting: new Set() }).catch(fail)
  })
  const error = await ended
  ending.abort()
  onLag(new Map())
  // A consumer that is silent may never disconnect; it does when its next request fails.
  await Promise.race([consumer.disconnect(), setTimeout(closeWithinMs, undefined, { ref: false })]).catch(
    () => undefined,
  )
  logger.debug({ topic }, 'The consumer is closed')
  return kafkaErrorOf(error, { operation: 'Read', topics: [topic], group: groupId, principal })
}

type Beginning = ConsumeOptions & {
  readonly memory: TopicMemory
  readonly takeOver: TakeOver
  /** Partitions whose records are read and cannot be stored yet. */
  readonly waiting: Set<number>
  readonly fail: (error: Error) => void
  /** Aborts when the consumer has ended. */
  readonly ended: AbortSignal
}

async function begin(consumer: Consumer, options: Beginning): Promise<void> {
  const { kafka, topic, groupId, memory, takeOver, fail, ended, status, gaps, logger } = options
  const admin = kafka.admin()
  const probe = createLogProbe(kafka)
  ended.addEventListener('abort', () => void Promise.allSettled([admin.disconnect(), probe.close()]), { once: true })
  await Promise.all([admin.connect(), consumer.connect()])
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await takeOver.prepare()
  let run: () => void = () => undefined
  const assignment = new TopicAssignment({
    ...{ consumer, topic, memory, logger, onFailure: fail },
    positions: new TopicPositions({ admin, probe, topic, groupId, principal: options.principal }),
    running: new Promise<void>((resolve) => {
      run = resolve
    }),
    onLocated() {
      logger.info({ topic, groupId }, 'Consuming OpenLineage events from Kafka')
      status.assigned()
    },
    onCommitted: gaps.read,
  })
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => assignment.begin(payload.memberAssignment[topic] ?? []))
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: (payload) => takeBatch(assignment, payload, options),
  })
  run()
  const { stalledAfterMs, waiting, onLag } = options
  const stallWatch = createStallWatch({ topic, periodMs: lookMs, stalledAfterMs, status, onStall: fail })
  while (!ended.aborted) {
    try {
      await assignment.look()
      const { readings } = assignment
      if (ended.aborted) return
      onLag(new Map([...readings].map(([partition, { next, end }]) => [partition, Math.max(0, end - next)])))
      stallWatch.check(waiting.size > 0 ? undefined : readings)
    } catch (error) {
      logger.debug({ reason: String(error) }, 'Cannot look at the topic')
    }
    await setTimeout(lookMs, undefined, { signal: ended, ref: false }).catch(() => undefined)
  }
}

async function takeBatch(assignment: TopicAssignment, payload: EachBatchPayload, options: Beginning): Promise<void> {
  const { batch, heartbeat, isStale } = payload
  const beat = () => heartbeat().catch(() => undefined) // after a rebalance the next fetch fails
  const held = await heartbeatWhile(assignment.take(batch, isStale), beat)
  if (held === undefined) return
  try {
    await storeBatch({ assignment, held, beat }, payload, options)
  } catch (error) {
    if (error instanceof KafkaError) options.fail(error) // kafkajs would only try again
    throw error
  } finally {
    options.waiting.delete(held.partition)
    assignment.release(held)
  }
}

type Taken = {
  readonly assignment: TopicAssignment
  readonly held: HeldPartition
  readonly beat: () => Promise<void>
}

async function storeBatch(
  { assignment, held, beat }: Taken,
  { batch, isRunning, isStale, resolveOffset }: EachBatchPayload,
  options: Beginning,
): Promise<void> {
  const isOver = () => isStale() || !assignment.isCurrent(held)
  const isStopping = () => !isRunning() || options.signal.aborted || isOver()
  const records = batch.messages.map((message) => logRecordOf(batch.topic, batch.partition, message))
  for (const chunk of recordChunks(records)) {
    if (isStopping()) return
    await heartbeatWhile(storeChunk(batch.partition, chunk, options), beat)
    await beat()
    if (isOver()) return
    await pass(chunk.at(-1)?.offset ?? 0)
  }
  const last = Number(batch.lastOffset()) // also of a marker of a transaction, which is no record
  if (last > (records.at(-1)?.offset ?? -1) && !isStopping()) await pass(last)

  async function pass(offset: number): Promise<void> {
    resolveOffset(String(offset))
    await assignment.commit(held, offset + 1)
  }
}

async function storeChunk(partition: number, chunk: readonly LogRecord[], options: Beginning): Promise<void> {
  const { status, logger, signal, waiting } = options
  const onRetry = (error: Error, delayMs: number) => {
    waiting.add(partition)
    status.enter('retrying', error.message)
    logger.warn({ reason: error.message, delayMs }, 'Waiting to store records')
  }
  await retryUntilDone(() => storeRecords(chunk, options), { signal, onRetry, initialDelayMs: 500 })
  if (waiting.delete(partition) && waiting.size === 0 && status.now.state === 'retrying') status.enter('consuming')
}
