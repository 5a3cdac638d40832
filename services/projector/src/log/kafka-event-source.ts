import { setTimeout } from 'node:timers/promises'
import {
  createTakeOver,
  deliverEmptyBatches,
  heartbeatWhile,
  type KafkaUse,
  kafkaErrorOf,
  metadataMaxAge,
  translateKafkaErrors,
  watchConsumer,
  watchedRetries,
} from '@headwater/kafka'
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { type CommittedOffsets, createCommittedOffsets } from './committed-offsets.ts'
import type { EventSource } from './event-source.ts'
import { recordRangeOf } from './kafka-record-range.ts'
import type { Batch, RecordRange } from './record-range.ts'
import { RecordRangeQueue } from './record-range-queue.ts'

// Holds: in each assignment, the first record queued of a partition is the one after the tables' position, and every further record
// follows the last one queued. Fetches of an earlier assignment, or from another offset, are dropped.

export type KafkaEventSourceOptions = {
  readonly kafka: Kafka
  readonly topic: string
  readonly groupId: string
  /** The client id, where only a dead process can have the same one: its partitions are taken over at once. */
  readonly instanceId?: string | undefined
  /** To whom missing rights are to be granted. */
  readonly principal?: string | undefined
  /** Compares the tables with these partitions of the log; called at each assignment. @throws when it is another log */
  readonly examine: (partitions: readonly number[]) => Promise<Examined>
  /** First offset of each partition now. */
  readonly starts: () => Promise<ReadonlyMap<number, number>>
  readonly maxBatchRecords: number
  readonly sessionTimeoutMs: number
  /** Calls until it succeeds, or fails with an error that is not retryable. */
  readonly retry: <T>(call: () => Promise<T>) => Promise<T>
  readonly onFailure: (error: Error) => void
  readonly onAssigned: (partitions: readonly number[]) => void
  /** The offsets from `from` to before `to` hold no record. Called after the records before them are in a batch. */
  readonly onEmpty: (partition: number, from: number, to: number) => void
}

export type Examined = {
  /** Last folded offset by partition. */
  readonly offsets: ReadonlyMap<number, number>
  readonly found: { readonly ends: ReadonlyMap<number, { readonly low: number }> }
}

const [heartbeatMs, closeWithinMs] = [1_000, 10_000]

export async function createKafkaEventSource(options: KafkaEventSourceOptions): Promise<EventSource> {
  const { kafka, topic, groupId, instanceId, principal } = options
  const takeOver = createTakeOver(groupId, instanceId)
  deliverEmptyBatches()
  const consumer = kafka.consumer({
    groupId,
    metadataMaxAge,
    partitionAssigners: [takeOver.assigner],
    sessionTimeout: options.sessionTimeoutMs,
    rebalanceTimeout: options.sessionTimeoutMs * 2,
    heartbeatInterval: Math.floor(options.sessionTimeoutMs / 10),
    maxBytesPerPartition: 1536 << 10,
    maxWaitTimeInMs: 100,
    minBytes: 1,
    retry: watchedRetries,
  })
  const queue = new RecordRangeQueue(options.maxBatchRecords * 2)
  const committed = createCommittedOffsets(topic, consumer)
  const paused = new Set<number>()
  const assignment = createAssignment(options, consumer, queue, committed)
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => assignment.begin(payload.memberAssignment[topic] ?? []))
  const use: KafkaUse = { operation: 'Read', topics: [topic], group: groupId, principal }
  const unwatch = watchConsumer(consumer, { onEnd: (error) => options.onFailure(kafkaErrorOf(error, use)) })
  const begin = async () => {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await takeOver.prepare()
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 1_000,
      eachBatch: (payload) => takeBatch(payload, queue, assignment, options),
    })
  }
  await translateKafkaErrors(begin, use).catch(async (error) => {
    unwatch()
    await consumer.disconnect().catch(() => undefined)
    throw error
  })

  return {
    batches: (signal) => batchesOf(queue, options.maxBatchRecords, signal),
    commit: (batch) => committed.commit(batch),
    setPaused(partitions, isPaused) {
      if (partitions.length === 0) return
      for (const partition of partitions) isPaused ? paused.add(partition) : paused.delete(partition)
      const topics = [{ topic, partitions: [...partitions] }]
      isPaused ? consumer.pause(topics) : consumer.resume(topics)
    },
    skipDeleted: (starts) => assignment.skipDeleted(starts),
    reading() {
      const { next } = assignment
      if (next === undefined || queue.isFull) return undefined
      return new Map([...next].filter(([partition]) => !paused.has(partition)))
    },
    async close() {
      unwatch()
      // A consumer that is silent may never end; it ends with the process, or when its next request fails.
      await Promise.race([consumer.disconnect(), setTimeout(closeWithinMs, undefined, { ref: false })])
    },
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
  /** The offset to queue next, by partition; undefined while the positions are read. */
  readonly next: ReadonlyMap<number, number> | undefined
  begin(partitions: readonly number[]): void
  /** The offset to queue next; waits for the positions of a new assignment. */
  expected(partition: number): Promise<number>
  advance(partition: number, next: number): void
  skipDeleted(starts: ReadonlyMap<number, number>): Promise<void>
  /** Advances over offsets without records. */
  skip(partition: number, from: number, to: number): void
}

function createAssignment(
  options: KafkaEventSourceOptions,
  consumer: Consumer,
  queue: RecordRangeQueue,
  committed: CommittedOffsets,
): Assignment {
  const { topic } = options
  let expected = Promise.resolve(new Map<number, number>())
  let located: ReadonlyMap<number, number> | undefined

  async function locate(partitions: readonly number[]): Promise<Map<number, number>> {
    const { offsets, found } = await options.examine(partitions)
    const next = new Map<number, number>()
    for (const partition of partitions) {
      const wanted = (offsets.get(partition) ?? -1) + 1
      const start = Math.max(wanted, found.ends.get(partition)?.low ?? 0)
      queue.discard(topic, partition)
      if (start > wanted) queue.push(gapOf(topic, partition, wanted, start - 1))
      consumer.seek({ topic, partition, offset: String(start) })
      next.set(partition, start)
    }
    committed.begin(next)
    options.onAssigned(partitions)
    return next
  }

  const advance = (partition: number, next: number) => void expected.then((offsets) => offsets.set(partition, next))
  return {
    get next() {
      return located
    },
    begin(partitions) {
      const locating = options.retry(() => locate(partitions))
      ;[expected, located] = [locating, undefined]
      locating.then((offsets) => {
        if (expected === locating) located = offsets
      }, options.onFailure)
    },
    expected: async (partition) => (await expected).get(partition) ?? Number.NaN,
    advance,
    async skipDeleted(starts) {
      const offsets = await expected
      for (const [partition, next] of offsets) {
        const start = starts.get(partition) ?? 0
        if (start <= next) continue
        queue.push(gapOf(topic, partition, next, start - 1))
        offsets.set(partition, start)
        consumer.seek({ topic, partition, offset: String(start) })
      }
    },
    skip(partition, from, to) {
      if (to <= from) return
      advance(partition, to)
      options.onEmpty(partition, from, to)
      committed.skip(partition, from, to)
    },
  }
}

type Fetching = Pick<KafkaEventSourceOptions, 'examine' | 'starts' | 'retry'>

async function takeBatch(
  payload: EachBatchPayload,
  queue: RecordRangeQueue,
  assignment: Assignment,
  fetching: Fetching,
): Promise<void> {
  const { batch, heartbeat, isRunning, isStale } = payload
  const expected = await heartbeatWhile(assignment.expected(batch.partition), heartbeat)
  const range = await heartbeatWhile(rangeAt(expected, batch, fetching), heartbeat)
  while (range !== undefined && queue.isFull && isRunning() && !isStale()) {
    await Promise.race([queue.room(), setTimeout(heartbeatMs, undefined, { ref: false })]) // a stopping projector takes nothing more
    await heartbeat()
  }
  if (!isRunning() || isStale()) return
  if ((await assignment.expected(batch.partition)) !== expected) return
  const next = range === undefined ? expected : range.lastOffset + 1
  if (range !== undefined) {
    queue.push(range)
    assignment.advance(batch.partition, next)
  }
  assignment.skip(batch.partition, next, Number(batch.lastOffset()) + 1)
  await heartbeat()
}

/**
 * The records of a fetch from `expected` on, and the gap before them if the log begins later. Where the broker did not have the offset
 * that was asked for, kafkajs has gone to the beginning of the log: it may be another one, or begin later.
 */
async function rangeAt(expected: number, batch: Fetch, fetching: Fetching): Promise<RecordRange | undefined> {
  const { topic, partition } = batch
  const range = recordRangeOf(batch, batch.messages, expected)
  const from = Number(batch.fetchedOffset)
  if (from < expected) await fetching.retry(() => fetching.examine([partition]))
  if (from <= expected) return range
  const start = (await fetching.retry(fetching.starts)).get(partition) ?? 0
  const last = Math.min(start, range?.firstOffset ?? Number(batch.lastOffset()) + 1) - 1
  if (last < expected) return range
  const gap = gapOf(topic, partition, expected, last)
  return range === undefined ? gap : { ...gap, ...range, firstOffset: expected }
}

type Fetch = EachBatchPayload['batch'] & { readonly fetchedOffset?: string }

/** A range of records that were deleted from the log before they were read. */
const gapOf = (topic: string, partition: number, firstOffset: number, lastOffset: number): RecordRange => ({
  ...{ topic, partition, count: 0, firstOffset, lastOffset, records: [] },
  gap: { firstOffset, lastOffset },
})
