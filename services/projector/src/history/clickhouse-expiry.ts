import type { ClickHouseClient } from '@clickhouse/client'
import { expireHistory, foldedUntil } from '@headwater/clickhouse'
import type { Logger } from 'pino'

/** Readers take a new horizon for theirs within seconds, and answer within half a minute. */
const graceMs = 60_000

/**
 * @param client with the database of the tables as its own
 * @returns lets history before a horizon expire; false when the log is not folded so far
 */
export function createClickHouseExpiry(client: ClickHouseClient, logger: Logger) {
  return async (horizon: number): Promise<boolean> => {
    const knownUntil = await foldedUntil(client)
    if (knownUntil === undefined || knownUntil < horizon) return false
    const readersHaveMoved = () => new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref())
    const result = await expireHistory(client, { horizon, knownUntil, readersHaveMoved })
    logger.info({ horizon: new Date(horizon).toISOString(), ...result }, 'History has expired')
    return true
  }
}
