import { type EventType, encodeEvent, type HeadwaterEvent } from '@headwater/schemas'

/** Bytes of one record's value. Brokers take 1 MB by default, the record's envelope and key included. */
export const maxRecordBytes = 900_000

const anyIds = { MaterializationEvent: 0, AssetEvent: 0, CheckEvent: 0, JobEvent: 0 } as const satisfies Record<
  EventType,
  number
>

/** The first of the events that no broker need take, and its size; undefined when all fit. */
export function tooLargeEvent(
  events: readonly HeadwaterEvent[],
): { readonly type: EventType; readonly bytes: number } | undefined {
  for (const event of events) {
    const bytes = encodeEvent(event, anyIds).length
    if (bytes > maxRecordBytes) return { type: event.type, bytes }
  }
  return undefined
}
