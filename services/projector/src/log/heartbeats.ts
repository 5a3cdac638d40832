import { translateKafkaErrors } from '@headwater/kafka'
import type { Admin } from 'kafkajs'
import { EncodedRows } from '../tables/encoded-rows.ts'
import { heartbeats } from '../tables/progress-tables.ts'
import type { RowSink } from '../tables/row-sink.ts'
import type { PositionRow } from '../tables/rows.ts'
import { EmptyTails } from './empty-tails.ts'

export type HeartbeatOptions = {
  readonly admin: Pick<Admin, 'fetchTopicOffsets'>
  readonly sink: Pick<RowSink, 'write' | 'positions'>
  readonly topic: string
  readonly now: () => number
  readonly onLag: (partition: number, messages: number) => void
  readonly onLagSeconds: (seconds: number) => void
  /** A partition was added to the topic; the group has not assigned it yet. */
  readonly onAdded: (partition: number) => void
}

// Holds: heartbeats are written only for partitions assigned here, and everything before their next offset is folded. Partitions that
// were added to the topic and that the group has not assigned yet are reported by the projector that has partition 0.

export type Heartbeats = ReturnType<typeof createHeartbeats>

type Ends = { readonly low: number; readonly high: number }

type Folded = { readonly nextOffset: number; readonly recordedAt: number }

/** Writes for each assigned partition where the log ends and how far it is folded: readers compute their lag from it. */
export function createHeartbeats(options: HeartbeatOptions) {
  const { admin, sink, topic } = options
  const folded = new Map<number, Folded>()
  const tails = new EmptyTails()
  let assigned: readonly number[] = []
  let positions: ReadonlyMap<number, number> = new Map()
  /** The number of partitions when the group assigned them. */
  let assignedOf = Number.POSITIVE_INFINITY

  const initial = (partition: number): Folded => ({
    nextOffset: (positions.get(partition) ?? -1) + 1,
    recordedAt: options.now(),
  })
  /** How far a partition is folded, if this projector has to report it. */
  function stateOf(partition: number): Folded | undefined {
    if (assigned.includes(partition)) return folded.get(partition)
    if (partition < assignedOf || !assigned.includes(0)) return undefined
    const known = folded.get(partition)
    if (known !== undefined) return known
    options.onAdded(partition)
    const state = initial(partition)
    folded.set(partition, state)
    return state
  }

  return {
    isAssigned: (partition: number): boolean => assigned.includes(partition),
    get assigned(): readonly number[] {
      return assigned
    },
    async assign(partitions: readonly number[]): Promise<void> {
      assigned = partitions
      assignedOf = Number.POSITIVE_INFINITY
      tails.clear()
      folded.clear()
      const [read, offsets] = await Promise.all([
        sink.positions(topic),
        translateKafkaErrors(() => admin.fetchTopicOffsets(topic)),
      ])
      if (assigned !== partitions) return
      positions = read
      assignedOf = offsets.length
      for (const partition of partitions) if (!folded.has(partition)) folded.set(partition, initial(partition))
    },
    stored(stored: readonly PositionRow[]): void {
      for (const { partition, offset, recordedAt } of stored)
        folded.set(partition, {
          nextOffset: offset + 1,
          recordedAt: Math.max(recordedAt, folded.get(partition)?.recordedAt ?? 0), // a gap has no time
        })
    },
    /** The offsets from `from` to before `to` hold no record. */
    passed: (partition: number, from: number, to: number): void => tails.add(partition, from, to),
    /** @returns where each partition begins, and where what may be read ends */
    async beat(): Promise<ReadonlyMap<number, Ends>> {
      const observedAt = options.now()
      const rows = new EncodedRows()
      let oldest = observedAt
      const offsets = await admin.fetchTopicOffsets(topic)
      for (const { partition, high } of offsets) {
        const state = stateOf(partition)
        if (state === undefined) continue
        const { nextOffset } = state
        const next = tails.after(partition, nextOffset)
        const logEndOffset = next >= Number(high) ? nextOffset : Number(high)
        rows.add(heartbeats, { topic, partition, logEndOffset, nextOffset, observedAt })
        options.onLag(partition, logEndOffset === nextOffset ? 0 : logEndOffset - next)
        if (nextOffset < logEndOffset) oldest = Math.min(oldest, state.recordedAt)
      }
      options.onLagSeconds((observedAt - oldest) / 1000)
      await sink.write(rows.tables())
      return new Map(offsets.map(({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }]))
    },
  }
}
