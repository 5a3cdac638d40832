import type { OpenLineageEvent } from '../open-lineage-event.ts'
import { readTime } from '../read/read-time.ts'
import { nameText } from '../text/name-text.ts'

/** What every event has: when, and by whose word. */
export type SaidAt = { readonly occurredAt: number; readonly producer: string }

export function saidAt({ eventTime, producer }: OpenLineageEvent): SaidAt {
  return { occurredAt: readTime(eventTime) ?? 1, producer: nameText(producer ?? 'openlineage') }
}
