import type { Completeness } from '@headwater/api/contract'
import { counted } from './counted.ts'
import { printable } from './printable.ts'

const shownGaps = 3

/** Which records are missing in all answers. @param what says of what, and why */
export function gapText(
  { missingRecords, gaps }: Pick<Completeness, 'missingRecords' | 'gaps'>,
  what = 'of the log, deleted before they were folded',
): string {
  const places = gaps
    .slice(0, shownGaps)
    .map(
      ({ topic, partition, firstOffset, lastOffset }) =>
        `${printable(topic)}:${partition}:${firstOffset}-${lastOffset}`,
    )
  const more = gaps.length > shownGaps ? ' and more' : ''
  return `${counted(missingRecords, 'record')} ${what} (${places.join(', ')}${more})`
}
