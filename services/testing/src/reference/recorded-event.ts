import type { HeadwaterEvent } from '@headwater/schemas'

/** An event and when the log recorded it, in epoch milliseconds. */
export type RecordedEvent = { readonly event: HeadwaterEvent; readonly recordedAt: number }
