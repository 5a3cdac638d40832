import { BoundedMap } from './bounded-map.ts'
import type { RowCollector } from './table.ts'
import { assetSightings } from './tables.ts'

const capacity = 1_000_000
const dayMs = 86_400_000

/** From when to which day, by the time of events. */
export type SeenSpan = { firstSeen: number; lastDay: number }

// Holds: what is remembered is in rows that were added before. It is an economy, never a condition: forgetting costs a row again.

/** When each asset was named: a row for an asset that is new, or named earlier than ever, or on a later day. */
export class AssetSightings {
  readonly #spans = new BoundedMap<string, SeenSpan>(capacity)

  add(key: string, seenAt: number, rows: RowCollector): void {
    const known = this.#spans.get(key)
    if (known !== undefined && covers(known, seenAt)) return
    rows.add(assetSightings, { key, seenAt })
    if (known === undefined) this.#spans.set(key, spanOf(seenAt))
    else extend(known, seenAt)
  }
}

export const dayOf = (epochMs: number): number => Math.floor(epochMs / dayMs)

export const spanOf = (seenAt: number): SeenSpan => ({ firstSeen: seenAt, lastDay: dayOf(seenAt) })

export const covers = ({ firstSeen, lastDay }: SeenSpan, seenAt: number): boolean =>
  seenAt >= firstSeen && seenAt < (lastDay + 1) * dayMs

export function extend(span: SeenSpan, seenAt: number): void {
  span.firstSeen = Math.min(span.firstSeen, seenAt)
  span.lastDay = Math.max(span.lastDay, dayOf(seenAt))
}
