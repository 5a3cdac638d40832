import type { ClickHouseClient } from '@clickhouse/client'
import { expireHistory, publishedHorizon } from './expire-history.ts'

/** A horizon, and up to when the log was folded when it was set; epoch milliseconds. */
type Horizon = { readonly horizon: number; readonly knownUntil: number }

/**
 * Lets the same history expire in tables that were built anew from the log, horizon after horizon, so that they hold what the others do.
 * @param from client of the tables whose horizons hold
 * @param to client of the tables that were built anew, which nobody reads yet
 */
export async function applyHorizons(from: ClickHouseClient, to: ClickHouseClient): Promise<void> {
  const applied = (await publishedHorizon(to)) ?? Number.NEGATIVE_INFINITY
  const rows = await from.query({
    query: `SELECT toFloat64(toUnixTimestamp64Milli(horizon)) AS horizon, toFloat64(toUnixTimestamp64Milli(known_until)) AS knownUntil
      FROM horizons FINAL ORDER BY horizon`,
    format: 'JSONEachRow',
  })
  for (const step of await rows.json<Horizon>()) {
    if (step.horizon >= applied) await expireHistory(to, { ...step, readersHaveMoved: () => Promise.resolve() })
  }
}
