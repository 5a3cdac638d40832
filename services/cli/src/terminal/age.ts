const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** A duration in its two largest units, e.g. 3 h 20 min. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`
  const first = units.findIndex(([, size]) => ms >= size)
  const parts: string[] = []
  let rest = ms
  for (const [name, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${name}`)
  }
  return parts.join(' ')
}

/** How long ago an ISO time was, or how far ahead it is; a dash for null. */
export function formatAge(time: string | null, now: number): string {
  if (time === null) return '-'
  const ms = now - Date.parse(time)
  return ms < 0 ? `in ${formatDuration(-ms)}` : `${formatDuration(ms)} ago`
}
