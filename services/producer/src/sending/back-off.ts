/** How long to wait after the `failures`-th failure in a row (from 1): doubling, half of it at random. */
export function backOffMs(failures: number, minMs: number, maxMs: number, random: number): number {
  const full = Math.min(maxMs, minMs * 2 ** Math.min(failures - 1, 30))
  return Math.round(full / 2 + (full / 2) * random)
}

const longestAskedMs = 60_000

/** The wait when the other side asks for `askedMs`: not less than that, but no minutes, and not all clients at once. */
export function politeMs(backOff: number, askedMs: number, random: number): number {
  return Math.max(backOff, Math.round(Math.min(askedMs, longestAskedMs) * (1 + random / 4)))
}
