import { DateTime64Column, TextColumn, UInt32Column, UInt64Column } from './native/columns.ts'
import type { FoldedOffsetRow, HeartbeatRow } from './rows.ts'
import { table } from './table.ts'

export const positions = table(
  'folded_offsets',
  () => ({
    topic: new TextColumn(),
    partition: new UInt32Column(),
    last_offset: new UInt64Column(),
    recorded_at: new DateTime64Column(),
    generation: new UInt32Column(),
  }),
  (columns, { topic, partition, offset, recordedAt, generation }: FoldedOffsetRow) => {
    columns.topic.add(topic)
    columns.partition.add(partition)
    columns.last_offset.add(offset)
    columns.recorded_at.add(recordedAt)
    columns.generation.add(generation)
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
