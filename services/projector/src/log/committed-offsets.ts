import type { Consumer, TopicPartitionOffset } from 'kafkajs'
import { EmptyTails } from './empty-tails.ts'
import type { Batch } from './record-range.ts'

export type CommittedOffsets = {
  /** The first offsets of a new assignment: everything before them is folded. */
  begin(next: ReadonlyMap<number, number>): void
  commit(batch: Batch): Promise<void>
  skip(partition: number, from: number, to: number): void
}

/** Commits for Kafka's own tools, which count everything that is not committed as lag: also offsets without records. */
export function createCommittedOffsets(topic: string, consumer: Consumer): CommittedOffsets {
  const tails = new EmptyTails()
  const folded = new Map<number, number>()
  const commit = (offsets: TopicPartitionOffset[]) => consumer.commitOffsets(offsets).catch(() => undefined)
  const offsetOf = (partition: number, next: number) => ({
    ...{ topic, partition },
    offset: String(tails.after(partition, next)),
  })
  return {
    begin(next) {
      tails.clear()
      folded.clear()
      for (const [partition, offset] of next) folded.set(partition, offset)
    },
    commit(batch) {
      const offsets = nextOffsets(batch)
      for (const { partition, offset } of offsets) folded.set(partition, offset)
      return commit(offsets.map(({ partition, offset }) => offsetOf(partition, offset)))
    },
    skip(partition, from, to) {
      tails.add(partition, from, to)
      const next = folded.get(partition)
      if (next !== undefined && tails.after(partition, next) === to) void commit([offsetOf(partition, next)])
    },
  }
}

function nextOffsets({ ranges }: Batch): readonly { readonly partition: number; readonly offset: number }[] {
  const last = new Map(ranges.map((range) => [range.partition, range]))
  return [...last.values()].map(({ partition, lastOffset }) => ({ partition, offset: lastOffset + 1 }))
}
