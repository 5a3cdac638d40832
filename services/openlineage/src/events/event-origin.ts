import type { OpenLineageEvent } from '../open-lineage-event.ts'
import { readTime } from '../read/read-time.ts'
import { nameText } from '../text/name-text.ts'

/** When an event occurred, and which producer reported it. */
export type EventOrigin = { readonly occurredAt: number; readonly producer: string }

export function originOf({ eventTime, producer }: OpenLineageEvent): EventOrigin {
  return { occurredAt: readTime(eventTime) ?? 1, producer: nameText(producer ?? 'openlineage') }
}
