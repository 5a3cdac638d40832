import { KafkaError } from '../errors/kafka-error.ts'
import type { ConsumerStatus } from './consumer-status.ts'

// Holds: a partition counts as stalled when records wait in it and none is read, check after check, although nothing keeps the consumer
// from reading. Checks are counted, not time: a machine that was frozen counts as one check.

/** How far a partition is read. `end`: the end of what may be read, so before the first open transaction. */
export type Reading = { readonly next: number; readonly end: number }

export type StallWatchOptions = {
  readonly topic: string
  /** The time between two checks. */
  readonly periodMs: number
  /** How long records may wait while none is read. Longer than a rebalance and a repeated fetch take. */
  readonly stalledAfterMs?: number | undefined
  readonly status: ConsumerStatus | undefined
  readonly onStall: (error: KafkaError) => void
}

export type StallWatch = {
  /** @param readings by partition that this consumer has to read; undefined while something else has to be done first */
  check(readings: ReadonlyMap<number, Reading> | undefined): void
}

/** Notices that a consumer lives and reads nothing, and that one that was started again reads. */
export function createStallWatch(options: StallWatchOptions): StallWatch {
  const { topic, periodMs, stalledAfterMs: afterMs = 60_000, status, onStall } = options
  const limit = Math.max(2, Math.ceil(afterMs / periodMs))
  let known: ReadonlyMap<number, Known> = new Map()
  return {
    check(readings = new Map()) {
      known = next(known, readings)
      const seen = [...known.values()]
      if (status?.now.state === 'stalled' && seen.length > 0 && seen.every(({ checks }) => checks === 0))
        status.enter('consuming')
      const stalled = [...known].filter(([, { checks }]) => checks > limit)
      if (stalled.length === 0) return
      known = new Map()
      onStall(errorOf(topic, stalled, afterMs))
    },
  }
}

/** `checks`: how many have found records waiting and none read. */
type Known = Reading & { readonly checks: number }

function next(known: ReadonlyMap<number, Known>, readings: ReadonlyMap<number, Reading>): ReadonlyMap<number, Known> {
  const isStarving = [...readings].some(([partition, reading]) => isCatchingUp(known.get(partition), reading))
  const counted = [...readings].map(([partition, reading]) => {
    const before = known.get(partition)
    const isRead = reading.next >= reading.end || (before !== undefined && before.next !== reading.next)
    return [partition, { ...reading, checks: isRead ? 0 : isStarving ? 1 : (before?.checks ?? 0) + 1 }] as const
  })
  return new Map(counted)
}

/** Brokers fill an answer from the first partitions on, so others wait while one has more left than was read of it since the last check. */
const isCatchingUp = (before: Reading | undefined, { next, end }: Reading): boolean =>
  before !== undefined && next > before.next && end - next > next - before.next

function errorOf(topic: string, stalled: readonly (readonly [number, Reading])[], afterMs: number): KafkaError {
  const where = stalled.map(([partition, { next, end }]) => `${topic}:${partition}:${next} (${end - next} wait)`)
  const text = `The consumer is connected and has read nothing from ${where.join(', ')} for ${afterMs / 1_000} s`
  return new KafkaError('CONSUMER_STALLED', text, { retryable: true })
}
