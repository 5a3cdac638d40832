import { type Static, Type } from 'typebox'
import { component, count, ref, text, time } from './schema.ts'

export const LogGap = component(
  'LogGap',
  Type.Object({
    topic: text('Topic of the log'),
    partition: count('Partition of the topic'),
    firstOffset: count('Offset of the first missing record'),
    lastOffset: count('Offset of the last missing record'),
    noticedAt: time('When a projector noticed it'),
  }),
)
export type LogGap = Static<typeof LogGap>

export const Completeness = component(
  'Completeness',
  Type.Object({
    complete: Type.Boolean({ description: 'True when no record was deleted from the log before it was folded' }),
    missingRecords: count('Records that were deleted from the log before they were folded'),
    gaps: Type.Array(ref(LogGap), { description: 'Where they were; at most 20, the latest first' }),
  }),
)
export type Completeness = Static<typeof Completeness>
