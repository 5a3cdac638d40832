import { whileKafkaIsAway } from '@headwater/kafka'
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { ProjectorError } from '../errors.ts'
import type { EventSource } from './event-source.ts'
import { recordRangeOf } from './kafka-record-range.ts'
import type { Batch } from './record-range.ts'
import { RecordRangeQueue } from './record-range-queue.ts'

// Holds: for each partition the next record queued is the one after the last queued in this assignment, and the first is the
// one after the position that the tables tell. Fetches of an older assignment, or from elsewhere, are dropped.

export type KafkaEventSourceOptions = {
  readonly kafka: Kafka
  readonly admin: Admin
  readonly topic: string
  readonly groupId: string
  /** Last folded offset by partition, asked at each assignment. */
  readonly positions: () => Promise<ReadonlyMap<number, number>>
  readonly maxBatchRecords: number
  readonly sessionTimeoutMs: number
  /** Calls until it succeeds or waiting cannot mend it. */
  readonly untilDone: <T>(call: () => Promise<T>) => Promise<T>
  readonly onFailure: (error: Error) => void
  readonly onAssigned: (partitions: readonly number[]) => void
}

const beatMs = 1_000

export async function createKafkaEventSource(options: KafkaEventSourceOptions): Promise<EventSource> {
  const { kafka, topic, groupId } = options
  const consumer = kafka.consumer({
    groupId,
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
      const what = [{ topic, partitions: [...partitions] }]
      if (paused) consumer.pause(what)
      else consumer.resume(what)
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
  /** The offset that must be queued next; waits for the positions of a new assignment. */
  expected(partition: number): Promise<number>
  advance(partition: number, next: number): void
}

function createAssignment(options: KafkaEventSourceOptions, consumer: Consumer, queue: RecordRangeQueue): Assignment {
  const { topic } = options
  let expected = Promise.resolve(new Map<number, number>())

  async function locate(partitions: readonly number[]): Promise<Map<number, number>> {
    const [positions, offsets] = await Promise.all([
      options.positions(),
      whileKafkaIsAway(() => options.admin.fetchTopicOffsets(topic)),
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
      expected = options.untilDone(() => locate(partitions))
      expected.catch(options.onFailure)
    },
    expected: async (partition) => (await expected).get(partition) ?? Number.NaN,
    advance: (partition, next) => void expected.then((offsets) => offsets.set(partition, next)),
  }
}

async function takeBatch(payload: EachBatchPayload, queue: RecordRangeQueue, assignment: Assignment): Promise<void> {
  const { batch, heartbeat, isRunning, isStale } = payload
  const expected = await beating(assignment.expected(batch.partition), heartbeat)
  const range = recordRangeOf(batch, batch.messages, expected)
  if (range === undefined) return
  while (queue.isFull && isRunning() && !isStale()) {
    await Promise.race([queue.room(), beat(beatMs)]) // nothing is taken any more once the projector stops
    await heartbeat()
  }
  if (!isRunning() || isStale()) return
  if ((await assignment.expected(batch.partition)) !== expected) return
  queue.push(range)
  assignment.advance(batch.partition, range.lastOffset + 1)
  await heartbeat()
}

/** Waits for `event`, keeping membership of the group meanwhile. */
async function beating<T>(event: Promise<T>, heartbeat: () => Promise<void>): Promise<T> {
  const late = Symbol('late')
  for (;;) {
    const first = await Promise.race([event, beat(beatMs).then(() => late)])
    if (first !== late) return first as T
    await heartbeat()
  }
}

const beat = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

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
    `The tables hold ${topic} partition ${partition} up to offset ${last}, but the log ends before ${end}: the topic was made anew, or this is another cluster's database. Point CLICKHOUSE_DATABASE at a new database, or KAFKA_BROKERS at the right cluster`,
    { retryable: false },
  )
}
