import type { RecordedEvent } from '@headwater/lineage'
import type { Batch, LogRecord } from '@headwater/projector'
import { encodeEvent, type HeadwaterEvent, messageKey, type SchemaIds } from '@headwater/schemas'
import { noon } from './build-event.ts'

/** Schema ids that no registry gave, for decoding without one. */
export const schemaIds: SchemaIds = { MaterializationEvent: 1, AssetEvent: 2, CheckEvent: 3, JobEvent: 4 }

/** Events as records of a log, in this order; recorded a second apart from `noon` on. */
export function recordsOf(
  events: readonly HeadwaterEvent[],
  topic = 'test.events',
  partition = 0,
): readonly LogRecord[] {
  return events.map((event, offset) => ({
    topic,
    partition,
    offset,
    key: Buffer.from(messageKey(event)),
    value: encodeEvent(event, schemaIds),
    recordedAt: noon + offset * 1_000,
  }))
}

/** Records with times of their own, spread over partitions; within each in the order given. */
export function logOf(
  recorded: readonly RecordedEvent[],
  partitions: number,
  topic = 'test.events',
): readonly LogRecord[] {
  const ends = Array.from({ length: partitions }, () => 0)
  return recorded.map(({ event, recordedAt }, index) => {
    const partition = (index * 7) % partitions
    const offset = ends[partition] ?? 0
    ends[partition] = offset + 1
    const value = encodeEvent(event, schemaIds)
    return { topic, partition, offset, key: Buffer.from(messageKey(event)), value, recordedAt }
  })
}

/** Records, those of a partition together, as a batch. */
export function batchOf(records: readonly LogRecord[]): Batch {
  const partitions = new Map<string, LogRecord[]>()
  for (const record of records) {
    const place = `${record.topic}:${record.partition}`
    const known = partitions.get(place)
    if (known === undefined) partitions.set(place, [record])
    else known.push(record)
  }
  return {
    ranges: [...partitions.values()].map((of) => {
      const { topic = '', partition = 0, offset: lastOffset = 0 } = of.at(-1) ?? {}
      return { topic, partition, count: of.length, firstOffset: of[0]?.offset ?? 0, lastOffset, records: of }
    }),
  }
}
