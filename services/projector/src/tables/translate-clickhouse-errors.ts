import { ClickHouseError } from '@clickhouse/client'
import { type ClickHouseErrorName, isClickHouseError } from '@headwater/clickhouse'
import { ProjectorError } from '../errors.ts'

/** The same call may succeed later. */
const temporary: readonly ClickHouseErrorName[] = [
  'TIMEOUT_EXCEEDED',
  'TOO_MANY_SIMULTANEOUS_QUERIES',
  'SOCKET_TIMEOUT',
  'NETWORK_ERROR',
  'MEMORY_LIMIT_EXCEEDED',
  'TABLE_IS_READ_ONLY',
  'TOO_MANY_PARTS',
  'ALL_CONNECTION_TRIES_FAILED',
  'KEEPER_EXCEPTION',
]

/**
 * Translates what a call to ClickHouse throws. Errors with a `retryable` of their own pass as they are.
 * @throws ProjectorError CLICKHOUSE_REFUSED when a retry cannot help, CLICKHOUSE_UNAVAILABLE otherwise
 */
export async function translateClickHouseErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (typeof (cause as { retryable?: unknown }).retryable === 'boolean') throw cause
    const text = cause instanceof Error ? cause.message : String(cause)
    if (cause instanceof ClickHouseError && !isClickHouseError(cause, temporary)) {
      throw new ProjectorError('CLICKHOUSE_REFUSED', `ClickHouse refused: ${text}`, { cause, retryable: false })
    }
    throw new ProjectorError('CLICKHOUSE_UNAVAILABLE', `ClickHouse is not available: ${text}`, {
      cause,
      retryable: true,
    })
  }
}
