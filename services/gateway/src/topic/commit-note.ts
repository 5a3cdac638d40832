import { Type } from 'typebox'
import { Value } from 'typebox/value'

/** Records of the topic that were deleted before this group consumed them, both ends included. */
export type TopicGap = {
  readonly partition: number
  readonly firstOffset: number
  readonly lastOffset: number
  /** Id of an earlier topic of the same name, if they were of that one. */
  readonly topicId?: string | undefined
}

/** A gap of the partition whose commit has the note; of another one that a topic which was created again lacks, if it says so. */
export type NotedGap = Omit<TopicGap, 'partition'> & { readonly partition?: number }

/** What a commit says beside the offset, of its partition. */
export type CommitNote = {
  /** The topic that the offset belongs to; empty when its id is unknown. */
  readonly topicId: string
  /** The latest gaps. */
  readonly gaps: readonly NotedGap[]
  /** Records in all gaps, also in those that are not listed any more. */
  readonly missingRecords: number
}

// A broker keeps 4096 bytes of text with each committed offset by default.
const mostGaps = 20

export const noNote: CommitNote = { topicId: '', gaps: [], missingRecords: 0 }

/** The note with one more gap, unless it has it already. */
export function withGap(note: CommitNote, gap: NotedGap): CommitNote {
  const { firstOffset, lastOffset } = gap
  if (note.gaps.some((known) => isSameGap(known, gap))) return note
  const missingRecords = note.missingRecords + lastOffset - firstOffset + 1
  return { ...note, gaps: [...note.gaps, gap].slice(-mostGaps), missingRecords }
}

const isSameGap = (a: NotedGap, b: NotedGap): boolean =>
  a.firstOffset === b.firstOffset && a.topicId === b.topicId && a.partition === b.partition

/** The note with all gaps of a partition that the topic lacks since it was created again. */
export function withLost(note: CommitNote, partition: number, lost: CommitNote): CommitNote {
  const gaps = lost.gaps.map((gap) => ({ topicId: lost.topicId, partition, ...gap }))
  const isNew = gaps.length > 0 && !gaps.every((gap) => note.gaps.some((known) => isSameGap(known, gap)))
  if (!isNew) return note
  const missingRecords = note.missingRecords + lost.missingRecords
  return { ...note, gaps: [...gaps, ...note.gaps].slice(-mostGaps), missingRecords }
}

const Noted = Type.Object({
  topicId: Type.String(),
  missing: Type.Optional(Type.Integer()),
  gaps: Type.Optional(
    Type.Array(
      Type.Union([
        Type.Tuple([Type.Integer(), Type.Integer()]),
        Type.Tuple([Type.Integer(), Type.Integer(), Type.String()]),
        Type.Tuple([Type.Integer(), Type.Integer(), Type.String(), Type.Integer()]),
      ]),
    ),
  ),
})

export const formatNote = ({ topicId, gaps, missingRecords: missing }: CommitNote): string =>
  JSON.stringify(gaps.length === 0 ? { topicId } : { topicId, missing, gaps: gaps.map(tupleOf) })

const tupleOf = ({ firstOffset, lastOffset, topicId, partition }: NotedGap) => [
  ...[firstOffset, lastOffset],
  ...(topicId === undefined ? [] : [topicId]),
  ...(partition === undefined ? [] : [partition]),
]

/** The note of a commit; without topic and gaps where an earlier version or a tool of Kafka committed. */
export function parseNote(metadata: string | null): CommitNote {
  const noted = jsonOf(metadata ?? '')
  if (!Value.Check(Noted, noted)) return noNote
  const { topicId, gaps = [], missing = 0 } = noted
  return {
    topicId,
    gaps: gaps.map(([firstOffset, lastOffset, of, partition]) => ({
      ...{ firstOffset, lastOffset },
      ...(of === undefined ? {} : { topicId: of }),
      ...(partition === undefined ? {} : { partition }),
    })),
    missingRecords: missing,
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
