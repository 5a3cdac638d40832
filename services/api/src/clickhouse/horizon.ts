import type { Ask } from './query.ts'

/** Before when history may have expired, in epoch milliseconds; undefined when everything is kept. */
export async function horizon(ask: Ask): Promise<number | undefined> {
  const [row] = await ask<{ horizon: number }>(
    'horizon',
    'SELECT toUnixTimestamp64Milli(max(horizon)) AS horizon FROM horizons HAVING count() > 0',
  )
  return row?.horizon
}
