/** How far one partition of the log is folded. Times are epoch milliseconds. */
export type PartitionState = {
  readonly topic: string
  readonly partition: number
  /** The last folded offset; null when none is. */
  readonly lastOffset: number | null
  /** When the record there was recorded. */
  readonly recordedAt: number | null
  /** When a projector last saw that everything in the log was folded; null when it was behind. */
  readonly caughtUpAt: number | null
}

export type Position = { readonly topic: string; readonly partition: number; readonly offset: number }

/** `topic:partition:offset` of all partitions with folded records, sorted, comma separated. */
export function formatPosition(partitions: readonly PartitionState[]): string {
  return partitions
    .filter(({ lastOffset }) => lastOffset !== null)
    .toSorted((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
    .map(({ topic, partition, lastOffset }) => `${topic}:${partition}:${lastOffset}`)
    .join(',')
}

/**
 * Everything recorded until then is folded; epoch milliseconds. Undefined when that is not known: nothing was folded yet,
 * or some partition holds records of which none is.
 */
export function completeUntil(partitions: readonly PartitionState[]): number | undefined {
  if (partitions.every(({ lastOffset }) => lastOffset === null)) return undefined
  const times = partitions.map(({ recordedAt, caughtUpAt }) => Math.max(recordedAt ?? -1, caughtUpAt ?? -1))
  const least = Math.min(...times)
  return least < 0 ? undefined : least
}

/** Those of `wanted` that are not folded yet. */
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

const place = /^([A-Za-z0-9._-]+):(\d{1,9}):(\d{1,15})$/

/** The inverse of `formatPosition`; undefined when `text` names no position. */
export function parsePositions(text: string): readonly Position[] | undefined {
  const positions = text.split(',').map((part) => {
    const [, topic, partition, offset] = place.exec(part.trim()) ?? []
    return topic === undefined ? undefined : { topic, partition: Number(partition), offset: Number(offset) }
  })
  return positions.every((position) => position !== undefined) ? positions : undefined
}
