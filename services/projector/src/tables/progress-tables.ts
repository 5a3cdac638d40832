import type { Hash128 } from './hash128.ts'
import {
  DateTime64Column,
  TextColumn,
  UInt8Column,
  UInt32Column,
  UInt64Column,
  UInt128Column,
} from './native/columns.ts'
import type { FoldedOffsetRow, HeartbeatRow, LogGapRow, RecordMark } from './rows.ts'
import { table } from './table.ts'

export const positions = table(
  'folded_offsets',
  () => ({
    topic: new TextColumn(),
    partition: new UInt32Column(),
    last_offset: new UInt64Column(),
    recorded_at: new DateTime64Column(),
    generation: new UInt32Column(),
    log_id: new TextColumn(),
    last_record: new UInt128Column(),
    is_folded: new UInt8Column(),
  }),
  (columns, row: FoldedOffsetRow) => {
    const { topic, partition, offset, recordedAt, generation } = row
    columns.topic.add(topic)
    columns.partition.add(partition)
    columns.last_offset.add(offset)
    columns.recorded_at.add(recordedAt)
    columns.generation.add(generation)
    columns.log_id.add(row.logId)
    columns.last_record.add(markBits(row.lastRecord))
    columns.is_folded.add(row.isFolded ? 1 : 0)
  },
)

/** Offset, then checksum: the greatest is that of the last record. */
function markBits(mark: RecordMark | undefined): Hash128 {
  if (mark === undefined) return [0, 0, 0, 0]
  const { offset, checksum } = mark
  return [Number(checksum & 0xffffffffn), Number(checksum >> 32n), offset >>> 0, Math.floor(offset / 2 ** 32)]
}

export const logGaps = table(
  'log_gaps',
  () => ({
    topic: new TextColumn(),
    log_id: new TextColumn(),
    partition: new UInt32Column(),
    first_offset: new UInt64Column(),
    last_offset: new UInt64Column(),
    noticed_at: new DateTime64Column(),
  }),
  (columns, { topic, logId, partition, firstOffset, lastOffset, noticedAt }: LogGapRow) => {
    columns.topic.add(topic)
    columns.log_id.add(logId)
    columns.partition.add(partition)
    columns.first_offset.add(firstOffset)
    columns.last_offset.add(lastOffset)
    columns.noticed_at.add(noticedAt)
  },
)

export const heartbeats = table(
  'heartbeats',
  () => ({
    topic: new TextColumn(),
    partition: new UInt32Column(),
    log_end_offset: new UInt64Column(),
    next_offset: new UInt64Column(),
    observed_at: new DateTime64Column(),
  }),
  (columns, { topic, partition, logEndOffset, nextOffset, observedAt }: HeartbeatRow) => {
    columns.topic.add(topic)
    columns.partition.add(partition)
    columns.log_end_offset.add(logEndOffset)
    columns.next_offset.add(nextOffset)
    columns.observed_at.add(observedAt)
  },
)
