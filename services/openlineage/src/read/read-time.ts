import { isEventTime, parseTime } from '@headwater/lineage'

const canonical = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const shape =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(?:(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)(?:\[[^\]]+\])?)?$/i

/**
 * Epoch milliseconds of an RFC 3339 time as clients write it: a space for the T, any number of digits, an offset of hours only, `UTC` for
 * Z, the name of the zone after its offset as Java writes it, or no zone, which means UTC. Undefined when `text` is none or outside the
 * range of event times.
 */
export function readTime(text: string): number | undefined {
  if (canonical.test(text)) {
    const at = Date.parse(text)
    if (isEventTime(at) && new Date(at).toISOString() === text) return at // most are written so
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
