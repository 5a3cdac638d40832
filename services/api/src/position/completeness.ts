import { joinGaps, type LogGap, recordsIn } from '@headwater/clickhouse'
import type { Completeness } from '../contract/completeness.ts'

const shownGaps = 20

/** What the answers lack since it was deleted from the log too early. @param noted in the order of the store */
export function completenessOf(noted: readonly LogGap[]): Completeness {
  const gaps = joinGaps(noted)
  return {
    complete: gaps.length === 0,
    missingRecords: recordsIn(gaps),
    gaps: gaps
      .toSorted((a, b) => b.noticedAt - a.noticedAt)
      .slice(0, shownGaps)
      .map(({ topic, partition, firstOffset, lastOffset, noticedAt }) => {
        return { topic, partition, firstOffset, lastOffset, noticedAt: new Date(noticedAt).toISOString() }
      }),
  }
}
