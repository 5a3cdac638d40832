const dayMs = 86_400_000

/** From when to which day something was named, by the time of events. */
export type SeenSpan = { firstSeen: number; lastDay: number }

/** When events may name the same assets and need no other row of `asset_sightings`: from, and before. */
export type Sighting = { readonly from: number; readonly before: number }

const dayOf = (epochMs: number): number => Math.floor(epochMs / dayMs)

export const spanOf = (seenAt: number): SeenSpan => ({ firstSeen: seenAt, lastDay: dayOf(seenAt) })

/** When the last day ends. */
export const endOf = ({ lastDay }: SeenSpan): number => (lastDay + 1) * dayMs

/** True when having been named at this time, too, adds nothing. */
export const covers = (span: SeenSpan, seenAt: number): boolean => seenAt >= span.firstSeen && seenAt < endOf(span)

export function extend(span: SeenSpan, seenAt: number): void {
  span.firstSeen = Math.min(span.firstSeen, seenAt)
  span.lastDay = Math.max(span.lastDay, dayOf(seenAt))
}
