import type { ClickHouseClient } from '@clickhouse/client'
import { expireHistory, foldedUntil } from '@headwater/clickhouse'
import type { Logger } from 'pino'

/** Readers pick up a new horizon within seconds, and answer within half a minute. */
const graceMs = 60_000

/**
 * @param client whose default database holds the tables
 * @returns a function that expires history before a horizon; it returns false while the log is not folded up to the horizon
 */
export function createClickHouseExpiry(client: ClickHouseClient, logger: Logger) {
  return async (horizon: number): Promise<boolean> => {
    const knownUntil = await foldedUntil(client)
    if (knownUntil === undefined || knownUntil < horizon) return false
    const readersHaveMoved = () => new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref())
    const result = await expireHistory(client, { horizon, knownUntil, readersHaveMoved })
    logger.info({ horizon: new Date(horizon).toISOString(), ...result }, 'Expired history')
    return true
  }
}
