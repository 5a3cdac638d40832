/** The latest time of an event, epoch milliseconds, in the year 2286; ClickHouse's DateTime64 ends in 2299. */
export const latestTime = 9_999_999_999_999

const shape = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+ -]\d{2}:?\d{2})?)?$/i
const units = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const
const isoDuration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i

/**
 * Epoch milliseconds of an ISO 8601 time with offset, or of a day, which starts at midnight UTC; undefined for any other text.
 * A space before the offset counts as "+", since URLs decode "+" to a space. Digits beyond the millisecond are cut.
 */
export function parseTime(text: string): number | undefined {
  const [, day, time, offset] = shape.exec(text.trim()) ?? []
  if (day === undefined) return undefined
  if (time !== undefined && offset === undefined) return undefined // a local time is ambiguous
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // Date.parse reads 30 February as 2 March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined
  if (time === undefined || offset === undefined) return midnight
  const zone = offset
    .replace(' ', '+')
    .replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
    .toUpperCase()
  const at = Date.parse(`${day}T${time.replace(/(\.\d{3})\d+/, '$1')}${zone}`)
  return Number.isNaN(at) ? undefined : at
}

/** Milliseconds of a duration such as 90m, 12h, 30d, 2w or, by ISO 8601, P30D or PT12H; undefined for any other text. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})(ms|[wdhms])$/.exec(text) ?? []
  if (count !== undefined) return Number(count) * units[unit as keyof typeof units]
  const [, ...parts] = isoDuration.exec(text) ?? []
  if (parts.every((part) => part === undefined)) return undefined
  const scales = [units.w, units.d, units.h, units.m, units.s]
  return scales.reduce((total, scale, index) => total + scale * Number(parts[index] ?? 0), 0)
}

/**
 * Epoch milliseconds of a point in time as the API and the command line take it: as `parseTime`, also with UTC for the offset, or a
 * duration, which counts back from `now`. A time beyond those of events becomes the nearest of theirs. Undefined for any other text.
 */
export function parsePointInTime(text: string, now: number): number | undefined {
  const duration = parseDuration(text.trim())
  const at = duration === undefined ? parseTime(text.replace(/ ?UTC$/i, 'Z')) : now - duration
  return at === undefined ? undefined : Math.min(Math.max(at, 0), latestTime)
}
