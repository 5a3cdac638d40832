import { type CommitNote, noNote, withGap } from './commit-note.ts'

/** How far a partition is consumed. */
export type Consumed = { readonly next: number; readonly note: CommitNote }

/** A partition as the broker has it now. */
export type FoundPartition = {
  /** Of the topic; undefined where the broker has no ids. */
  readonly topicId: string | undefined
  /** First offset and end offset. */
  readonly low: number
  readonly high: number
}

type Range = { readonly firstOffset: number; readonly lastOffset: number }

export type Located = Consumed & {
  /** Why it is read from its beginning although offsets were committed. */
  readonly restart: 'recreated' | 'shorter' | undefined
}

/**
 * Where a partition is to be read on. Events have ids of their content, so reading a record twice does no harm and leaving one out does:
 * in doubt it is read from its beginning.
 * @param consumed undefined when nothing is known to be consumed
 * @param unread what the consumed topic is known to have had after that, last offset included
 */
export function locatePartition(
  { topicId, low, high }: FoundPartition,
  consumed: Consumed | undefined,
  unread: Range = { firstOffset: 0, lastOffset: -1 },
): Located {
  const { next, note } = consumed ?? { next: 0, note: noNote }
  if (isOtherTopic(note.topicId, topicId)) {
    const gaps = note.gaps.map((gap) => ({ topicId: note.topicId, ...gap }))
    const named = { ...note, topicId: topicId ?? '', gaps }
    const left = unread.lastOffset < unread.firstOffset ? named : withGap(named, { ...unread, topicId: note.topicId })
    return { ...begin(0, low, left), restart: 'recreated' }
  }
  const named = { ...note, topicId: topicId ?? note.topicId }
  if (next > high) return { next: low, note: named, restart: 'shorter' }
  return { ...begin(next, low, named), restart: undefined }
}

/** An unknown id is no other one. */
export const isOtherTopic = (known: string, found: string | undefined): boolean =>
  known !== '' && found !== undefined && known !== found

const begin = (next: number, low: number, note: CommitNote): Consumed =>
  low <= next ? { next, note } : { next: low, note: withGap(note, { firstOffset: next, lastOffset: low - 1 }) }
