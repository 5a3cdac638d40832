import { parsePointInTime, parseTime } from '@headwater/lineage/time'
import { InvalidArgumentError } from 'commander'

const withoutOffset = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)$/i

export const timeForms =
  'Times: 2026-11-01T09:30:00Z, a day (2026-11-01, from midnight UTC), a local time (2026-11-01T09:30), or a time ago (45s, 90m, 12h, 3d, 2w).'

/** Parses the value of an option as a time, and returns the ISO time that the API takes. A time without an offset is local here alone. */
export const timeArgument =
  (now: () => number) =>
  (text: string): string => {
    const at = parsePointInTime(localAsUtc(text.trim()), now())
    if (at === undefined) throw new InvalidArgumentError(timeForms)
    return new Date(at).toISOString()
  }

function localAsUtc(text: string): string {
  const [, day, time] = withoutOffset.exec(text) ?? []
  const isTime = day !== undefined && parseTime(`${day}T${time}Z`) !== undefined
  return isTime ? new Date(`${day}T${time}`).toISOString() : text
}
