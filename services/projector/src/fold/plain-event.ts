import { isEventTime, maxNameLength } from '@headwater/lineage'
import type { MaterializationView, Span } from '@headwater/schemas'

/** True when the names and times of an event surely obey the rules of `eventProblem`; false says nothing. Asset keys are left out. */
export function isPlainEvent(view: MaterializationView): boolean {
  return (
    isPlainName(view.bytes, view.eventId) &&
    isPlainName(view.bytes, view.runId) &&
    isPlainName(view.bytes, view.jobNamespace) &&
    isPlainName(view.bytes, view.jobName) &&
    isEventTime(view.occurredAt) &&
    isPlainTime(view.startedAt) &&
    isPlainTime(view.nominalStart) &&
    isPlainTime(view.nominalEnd)
  )
}

const isPlainTime = (epochMs: number | null): boolean => epochMs === null || isEventTime(epochMs)

/** Visible ASCII and spaces, neither none nor too many. */
function isPlainName(bytes: Buffer, { start, end }: Span): boolean {
  if (start === end || end - start > maxNameLength) return false
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte < 0x20 || byte > 0x7e) return false
  }
  return true
}
