/** How far one partition of the log is folded. Times are epoch milliseconds. */
export type PartitionState = {
  readonly topic: string
  readonly partition: number
  /** The last folded offset; null when nothing is folded. */
  readonly lastOffset: number | null
  /** When the record at that offset was recorded. */
  readonly recordedAt: number | null
  /** When a projector last observed that the whole partition was folded; null while it is behind. */
  readonly caughtUpAt: number | null
}

export type Position = { readonly topic: string; readonly partition: number; readonly offset: number }

/** `topic:partition:offset` of all partitions with folded records, sorted, separated by commas. */
export function formatPosition(partitions: readonly PartitionState[]): string {
  return partitions
    .filter(({ lastOffset }) => lastOffset !== null)
    .toSorted((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
    .map(({ topic, partition, lastOffset }) => `${topic}:${partition}:${lastOffset}`)
    .join(',')
}

/**
 * The time, in epoch milliseconds, until which every recorded event is folded. Undefined when it is unknown: nothing is folded yet, or
 * a partition has records and none of them is folded.
 */
export function completeUntil(partitions: readonly PartitionState[]): number | undefined {
  if (partitions.every(({ lastOffset }) => lastOffset === null)) return undefined
  const times = partitions.map(({ recordedAt, caughtUpAt }) => Math.max(recordedAt ?? -1, caughtUpAt ?? -1))
  const least = Math.min(...times)
  return least < 0 ? undefined : least
}

/** The positions that are not folded yet. */
export function missingPositions(
  partitions: readonly PartitionState[],
  wanted: readonly Position[],
): readonly Position[] {
  return wanted.filter(
    ({ topic, partition, offset }) =>
      !partitions.some(
        (state) => state.topic === topic && state.partition === partition && (state.lastOffset ?? -1) >= offset,
      ),
  )
}

const format = /^([A-Za-z0-9._-]+):(\d{1,9}):(\d{1,15})$/

/** The inverse of `formatPosition`; undefined when the text is invalid. */
export function parsePositions(text: string): readonly Position[] | undefined {
  const positions = text.split(',').map((part) => {
    const [, topic, partition, offset] = format.exec(part.trim()) ?? []
    return topic === undefined ? undefined : { topic, partition: Number(partition), offset: Number(offset) }
  })
  return positions.every((position) => position !== undefined) ? positions : undefined
}
