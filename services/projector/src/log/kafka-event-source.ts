import { setTimeout } from 'node:timers/promises'
import { createTakeOver, heartbeatWhile, translateKafkaErrors } from '@headwater/kafka'
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { ProjectorError } from '../errors.ts'
import type { EventSource } from './event-source.ts'
import { recordRangeOf } from './kafka-record-range.ts'
import type { Batch } from './record-range.ts'
import { RecordRangeQueue } from './record-range-queue.ts'

// Holds: in each assignment, the first record queued of a partition is the one after the tables' position, and every further record
// follows the last one queued. Fetches of an earlier assignment, or from another offset, are dropped.

export type KafkaEventSourceOptions = {
  readonly kafka: Kafka
  readonly admin: Admin
  readonly topic: string
  readonly groupId: string
  /** The client id, where only a dead process can have the same one: its partitions are taken over at once. */
  readonly instanceId?: string | undefined
  /** Last folded offset by partition; read at each assignment. */
  readonly positions: () => Promise<ReadonlyMap<number, number>>
  readonly maxBatchRecords: number
  readonly sessionTimeoutMs: number
  /** Calls until it succeeds, or fails with an error that is not retryable. */
  readonly retry: <T>(call: () => Promise<T>) => Promise<T>
  readonly onFailure: (error: Error) => void
  readonly onAssigned: (partitions: readonly number[]) => void
}

const heartbeatMs = 1_000

export async function createKafkaEventSource(options: KafkaEventSourceOptions): Promise<EventSource> {
  const { kafka, topic, groupId, instanceId } = options
  const takeOver = instanceId === undefined ? undefined : createTakeOver(groupId, instanceId)
  const consumer = kafka.consumer({
    groupId,
    ...(takeOver === undefined ? {} : { partitionAssigners: [takeOver.assigner] }),
    sessionTimeout: options.sessionTimeoutMs,
    rebalanceTimeout: options.sessionTimeoutMs * 2,
    heartbeatInterval: Math.floor(options.sessionTimeoutMs / 10),
    maxBytesPerPartition: 1536 << 10,
    maxWaitTimeInMs: 100,
    minBytes: 1,
    retry: { retries: 2 ** 31 - 1, initialRetryTime: 100, maxRetryTime: 5_000 },
  })
  const queue = new RecordRangeQueue(options.maxBatchRecords * 2)
  const assignment = createAssignment(options, consumer, queue)
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => assignment.begin(payload.memberAssignment[topic] ?? []))
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) options.onFailure(payload.error)
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await takeOver?.removeDead().catch(() => undefined) // their sessions end by themselves
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: 1_000,
    eachBatch: (payload) => takeBatch(payload, queue, assignment),
  })

  return {
    batches: (signal) => batchesOf(queue, options.maxBatchRecords, signal),
    async commit(batch) {
      const offsets = nextOffsets(batch)
      await consumer.commitOffsets(offsets).catch(() => undefined)
    },
    setPaused(partitions, paused) {
      if (partitions.length === 0) return
      const topics = [{ topic, partitions: [...partitions] }]
      paused ? consumer.pause(topics) : consumer.resume(topics)
    },
    close: () => consumer.disconnect(),
  }
}

async function* batchesOf(queue: RecordRangeQueue, limit: number, signal: AbortSignal): AsyncIterable<Batch> {
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  while (!signal.aborted) {
    await Promise.race([queue.arrival(), stopped])
    if (signal.aborted) return
    const ranges = queue.take(limit)
    if (ranges.length > 0) yield { ranges }
  }
}

type Assignment = {
  begin(partitions: readonly number[]): void
  /** The offset to queue next; waits for the positions of a new assignment. */
  expected(partition: number): Promise<number>
  advance(partition: number, next: number): void
}

function createAssignment(options: KafkaEventSourceOptions, consumer: Consumer, queue: RecordRangeQueue): Assignment {
  const { topic } = options
  let expected = Promise.resolve(new Map<number, number>())

  async function locate(partitions: readonly number[]): Promise<Map<number, number>> {
    const [positions, offsets] = await Promise.all([
      options.positions(),
      translateKafkaErrors(() => options.admin.fetchTopicOffsets(topic)),
    ])
    const next = new Map<number, number>()
    for (const partition of partitions) {
      const last = positions.get(partition)
      const log = offsets.find((candidate) => candidate.partition === partition)
      if (last !== undefined && log !== undefined && last >= Number(log.high)) {
        throw logShorter(topic, partition, last, Number(log.high))
      }
      const start = Math.max(last === undefined ? 0 : last + 1, Number(log?.low ?? 0))
      queue.discard(topic, partition)
      consumer.seek({ topic, partition, offset: String(start) })
      next.set(partition, start)
    }
    options.onAssigned(partitions)
    return next
  }

  return {
    begin(partitions) {
      expected = options.retry(() => locate(partitions))
      expected.catch(options.onFailure)
    },
    expected: async (partition) => (await expected).get(partition) ?? Number.NaN,
    advance: (partition, next) => void expected.then((offsets) => offsets.set(partition, next)),
  }
}

async function takeBatch(payload: EachBatchPayload, queue: RecordRangeQueue, assignment: Assignment): Promise<void> {
  const { batch, heartbeat, isRunning, isStale } = payload
  const expected = await heartbeatWhile(assignment.expected(batch.partition), heartbeat)
  const range = recordRangeOf(batch, batch.messages, expected)
  if (range === undefined) return
  while (queue.isFull && isRunning() && !isStale()) {
    await Promise.race([queue.room(), setTimeout(heartbeatMs, undefined, { ref: false })]) // a stopping projector takes nothing more
    await heartbeat()
  }
  if (!isRunning() || isStale()) return
  if ((await assignment.expected(batch.partition)) !== expected) return
  queue.push(range)
  assignment.advance(batch.partition, range.lastOffset + 1)
  await heartbeat()
}

function nextOffsets({ ranges }: Batch): { topic: string; partition: number; offset: string }[] {
  const last = new Map(ranges.map((range) => [range.partition, range]))
  return [...last.values()].map(({ topic, partition, lastOffset }) => ({
    topic,
    partition,
    offset: String(lastOffset + 1),
  }))
}

function logShorter(topic: string, partition: number, last: number, end: number): ProjectorError {
  return new ProjectorError(
    'LOG_SHORTER_THAN_TABLES',
    `The tables hold ${topic} partition ${partition} up to offset ${last}, but the log ends before offset ${end}: the topic was recreated, or the database belongs to another cluster. Set KAFKA_BROKERS to the right cluster, or CLICKHOUSE_DATABASE to a new database`,
    { retryable: false },
  )
}
