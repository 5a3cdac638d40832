import { latestTime, parseDuration, parseTime } from '@headwater/lineage/time'
import { InvalidArgumentError } from 'commander'

const withoutOffset = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)$/i

export const timeForms =
  'Times: 2026-11-01T09:30:00Z, a day (2026-11-01, from midnight UTC), a local time (2026-11-01T09:30), or a time ago (45s, 90m, 12h, 3d, 2w).'

/** Parses the value of an option as a time, and returns the ISO time that the API takes. */
export const timeArgument =
  (now: () => number) =>
  (text: string): string => {
    const at = parseTime(text.replace(/ ?UTC$/i, 'Z')) ?? localTime(text.trim()) ?? timeAgo(text.trim(), now())
    if (at === undefined) throw new InvalidArgumentError(timeForms)
    return new Date(Math.min(Math.max(at, 0), latestTime)).toISOString()
  }

function localTime(text: string): number | undefined {
  const [, day, time] = withoutOffset.exec(text) ?? []
  const isTime = day !== undefined && parseTime(`${day}T${time}Z`) !== undefined
  return isTime ? Date.parse(`${day}T${time}`) : undefined
}

function timeAgo(text: string, now: number): number | undefined {
  const duration = parseDuration(text)
  return duration === undefined ? undefined : now - duration
}
