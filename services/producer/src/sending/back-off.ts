/** The wait after the `failures`-th failure in a row (from 1): doubles from `minMs` to `maxMs`, half of it random (`random` from 0 to 1). */
export function backOffMs(failures: number, minMs: number, maxMs: number, random: number): number {
  const full = Math.min(maxMs, minMs * 2 ** Math.min(failures - 1, 30))
  return Math.round(full / 2 + (full / 2) * random)
}

const maxRetryAfterMs = 60_000

/** The longer of back-off and Retry-After, which counts up to a minute and with up to a quarter more, so that clients spread out. */
export function withRetryAfter(backOff: number, retryAfterMs: number, random: number): number {
  return Math.max(backOff, Math.round(Math.min(retryAfterMs, maxRetryAfterMs) * (1 + random / 4)))
}
