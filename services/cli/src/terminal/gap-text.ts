import type { Completeness } from '@headwater/api/contract'
import { counted } from './counted.ts'
import { printable } from './printable.ts'

const shownGaps = 3

/** Which records are missing in all answers. */
export function gapText({ missingRecords, gaps }: Completeness): string {
  const places = gaps
    .slice(0, shownGaps)
    .map(
      ({ topic, partition, firstOffset, lastOffset }) =>
        `${printable(topic)}:${partition}:${firstOffset}-${lastOffset}`,
    )
  const more = gaps.length > shownGaps ? ' and more' : ''
  return `${counted(missingRecords, 'record')} of the log, deleted before they were folded (${places.join(', ')}${more})`
}
