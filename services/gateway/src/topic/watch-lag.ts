import { type ConsumerStatus, createStallWatch, type Reading } from '@headwater/kafka'
import type { Admin, Kafka } from 'kafkajs'
import type { Logger } from 'pino'

export type LagOptions = {
  readonly kafka: Kafka
  readonly topic: string
  readonly groupId: string
  /** Called with the records that wait, by partition of this consumer. */
  readonly onLag: (records: ReadonlyMap<number, number>) => void
  readonly onStall: (error: Error) => void
  /** How long records may wait while none is read; default: a minute. */
  readonly stalledAfterMs?: number | undefined
  readonly status: ConsumerStatus
  readonly logger: Logger
}

export type ConsumedPartitions = {
  /** Those that the group has assigned to this consumer. */
  readonly assigned: readonly number[]
  /** Those whose records are read and cannot be stored yet. */
  readonly waiting: ReadonlySet<number>
}

const checksUntilStall = 12

/** Compares what the group has committed with the end of the topic, every five seconds. @returns stops it */
export function watchLag(consumed: ConsumedPartitions, options: LagOptions): () => void {
  const { kafka, topic, groupId, onLag, logger, status, onStall } = options
  const { stalledAfterMs = 60_000 } = options
  const admin = kafka.admin()
  const periodMs = stalledAfterMs / checksUntilStall
  const stallWatch = createStallWatch({ topic, periodMs, stalledAfterMs, status, onStall })
  let [isChecking, isOver] = [false, false]
  async function check(): Promise<void> {
    await admin.connect()
    const readings = await readingsOf(admin, topic, groupId, consumed.assigned)
    if (isOver) return
    onLag(new Map([...readings].map(([partition, { next, end }]) => [partition, Math.max(0, end - next)])))
    stallWatch.check(consumed.waiting.size > 0 ? undefined : readings)
  }
  const timer = setInterval(() => {
    if (isChecking) return
    isChecking = true
    check()
      .catch((error: Error) => logger.debug({ reason: error.message }, 'Cannot read the lag of the OpenLineage topic'))
      .finally(() => {
        isChecking = false
      })
  }, periodMs)
  return () => {
    isOver = true
    clearInterval(timer)
    onLag(new Map())
    admin.disconnect().catch(() => undefined)
  }
}

/** Nothing committed: the beginning. */
async function readingsOf(
  admin: Admin,
  topic: string,
  groupId: string,
  assigned: readonly number[],
): Promise<ReadonlyMap<number, Reading>> {
  const [ends, [group]] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId, topics: [topic] }),
  ])
  const committed = new Map(group?.partitions.map(({ partition, offset }) => [partition, Number(offset)]))
  const ours = ends.filter(({ partition }) => assigned.includes(partition))
  return new Map(
    ours.map(({ partition, low, high }) => {
      const next = Math.max(committed.get(partition) ?? -1, Number(low))
      return [partition, { next, end: Number(high) }]
    }),
  )
}
