import { isEventTime, parseTime } from '@headwater/lineage'

const canonical = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const shape =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(?:(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)(?:\[[^\]]+\])?)?$/i

/**
 * Epoch milliseconds of an RFC 3339 time, with the variations that clients send: a space instead of `T`, any number of fraction digits, an
 * offset without minutes, `UTC` instead of `Z`, a zone name after the offset (Java), no zone (taken as UTC).
 * @returns undefined for any other text and for a time outside the range of event times
 */
export function readTime(text: string): number | undefined {
  if (canonical.test(text)) {
    const at = Date.parse(text)
    if (isEventTime(at) && new Date(at).toISOString() === text) return at // the common form
  }
  const [, day, time, zone] = shape.exec(text.trim()) ?? []
  const at =
    day === undefined || time === undefined
      ? parseTime(text)
      : parseTime(`${day}T${time.replace(/[.,](\d{1,9})\d*/, '.$1')}${zoneOf(zone)}`)
  return at !== undefined && isEventTime(at) ? at : undefined
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined || /^(?:UTC|GMT)$/i.test(zone)) return 'Z'
  return zone.length === 3 ? `${zone}:00` : zone
}
