/** Records that were deleted from the log before they were folded, both ends included. `noticedAt`: epoch milliseconds. */
export type LogGap = {
  readonly topic: string
  /** Topic id of the log; empty when unknown. A topic that was created again has another. */
  readonly logId: string
  readonly partition: number
  readonly firstOffset: number
  readonly lastOffset: number
  readonly noticedAt: number
}

/** SQL: the gaps as noted, in order. The same records may be in several, since a later start may begin at an earlier position. */
export const logGapsSql = (table = 'log_gaps'): string =>
  `SELECT topic, log_id AS logId, partition, toFloat64(first_offset) AS firstOffset, toFloat64(max(last_offset)) AS lastOffset,
    toFloat64(toUnixTimestamp64Milli(min(noticed_at))) AS noticedAt
  FROM ${table} GROUP BY topic, log_id, partition, first_offset ORDER BY topic, log_id, partition, first_offset LIMIT 10000`

/** Counts each record once: joins gaps of a partition that overlap or touch. @param gaps in the order of `logGapsSql` */
export function joinGaps(gaps: readonly LogGap[]): readonly LogGap[] {
  const joined: LogGap[] = []
  for (const gap of gaps) {
    const before = joined.at(-1)
    if (before === undefined || !isSamePartition(before, gap) || gap.firstOffset > before.lastOffset + 1)
      joined.push(gap)
    else {
      const lastOffset = Math.max(before.lastOffset, gap.lastOffset)
      joined[joined.length - 1] = { ...before, lastOffset, noticedAt: Math.max(before.noticedAt, gap.noticedAt) }
    }
  }
  return joined
}

const isSamePartition = (a: LogGap, b: LogGap): boolean =>
  a.topic === b.topic && a.logId === b.logId && a.partition === b.partition

/** How many records are missing. @param gaps joined */
export const recordsIn = (gaps: readonly LogGap[]): number =>
  gaps.reduce((sum, { firstOffset, lastOffset }) => sum + lastOffset - firstOffset + 1, 0)
