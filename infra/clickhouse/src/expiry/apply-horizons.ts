import type { ClickHouseClient } from '@clickhouse/client'
import { readRows } from '../calls/read-rows.ts'
import { expireHistory, publishedHorizon } from './expire-history.ts'

/** A horizon, and up to when the log was folded when it was published; epoch milliseconds. */
type Horizon = { readonly horizon: number; readonly knownUntil: number }

/**
 * Expires the same history in rebuilt tables, horizon after horizon, so that they hold the same rows as the live ones.
 * @param from client of the live tables
 * @param to client of the rebuilt tables, which have no readers yet
 */
export async function applyHorizons(from: ClickHouseClient, to: ClickHouseClient): Promise<void> {
  const applied = (await publishedHorizon(to)) ?? Number.NEGATIVE_INFINITY
  const steps = await readRows<Horizon>(from, {
    query: `SELECT toFloat64(toUnixTimestamp64Milli(horizon)) AS horizon, toFloat64(toUnixTimestamp64Milli(known_until)) AS knownUntil
      FROM horizons FINAL ORDER BY horizon`,
  })
  for (const step of steps) {
    if (step.horizon >= applied) await expireHistory(to, { ...step, readersHaveMoved: () => Promise.resolve() })
  }
}
