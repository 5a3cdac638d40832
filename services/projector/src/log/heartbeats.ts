import type { Admin } from 'kafkajs'
import { EncodedRows } from '../tables/encoded-rows.ts'
import { heartbeats } from '../tables/progress-tables.ts'
import type { RowSink } from '../tables/row-sink.ts'
import type { PositionRow } from '../tables/rows.ts'

export type HeartbeatOptions = {
  readonly admin: Pick<Admin, 'fetchTopicOffsets'>
  readonly sink: Pick<RowSink, 'write' | 'positions'>
  readonly topic: string
  readonly now: () => number
  readonly onLag: (partition: number, messages: number) => void
  readonly onLagSeconds: (seconds: number) => void
}

// Holds: heartbeats are written only for partitions assigned here, and everything before their next offset is folded.

export type Heartbeats = ReturnType<typeof createHeartbeats>

/** Writes for each assigned partition where the log ends and how far it is folded: readers compute their lag from it. */
export function createHeartbeats(options: HeartbeatOptions) {
  const { admin, sink, topic } = options
  const folded = new Map<number, { nextOffset: number; recordedAt: number }>()
  let assigned: readonly number[] = []
  return {
    isAssigned: (partition: number): boolean => assigned.includes(partition),
    async assign(partitions: readonly number[]): Promise<void> {
      assigned = partitions
      const positions = await sink.positions(topic)
      folded.clear()
      for (const partition of partitions) {
        folded.set(partition, { nextOffset: (positions.get(partition) ?? -1) + 1, recordedAt: options.now() })
      }
    },
    stored(positions: readonly PositionRow[]): void {
      for (const { partition, offset, recordedAt } of positions)
        folded.set(partition, {
          nextOffset: offset + 1,
          recordedAt: Math.max(recordedAt, folded.get(partition)?.recordedAt ?? 0), // a gap has no time
        })
    },
    /** @returns the first offset of each partition */
    async beat(): Promise<ReadonlyMap<number, number>> {
      const observedAt = options.now()
      const known = new Map(assigned.map((partition) => [partition, folded.get(partition)]))
      const rows = new EncodedRows()
      let oldest = observedAt
      const offsets = await admin.fetchTopicOffsets(topic)
      for (const { partition, high } of offsets) {
        const state = known.get(partition)
        if (state === undefined) continue
        const logEndOffset = Number(high)
        rows.add(heartbeats, { topic, partition, logEndOffset, nextOffset: state.nextOffset, observedAt })
        options.onLag(partition, Math.max(0, logEndOffset - state.nextOffset))
        if (state.nextOffset < logEndOffset) oldest = Math.min(oldest, state.recordedAt)
      }
      options.onLagSeconds((observedAt - oldest) / 1000)
      await sink.write(rows.tables())
      return new Map(offsets.map(({ partition, low }) => [partition, Number(low)]))
    },
  }
}
