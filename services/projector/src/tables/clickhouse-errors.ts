import { ClickHouseError } from '@clickhouse/client'
import { ProjectorError } from '../errors.ts'

// Codes with which ClickHouse says "not now": https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
const retryableCodes = new Set(['159', '202', '209', '210', '241', '242', '252', '279', '999'])

/** Makes what a call to ClickHouse throws ours: refused, or away and worth trying again. */
export async function whileClickHouseIsAway<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (typeof (cause as { retryable?: unknown }).retryable === 'boolean') throw cause // ours already
    const text = cause instanceof Error ? cause.message : String(cause)
    if (cause instanceof ClickHouseError && !retryableCodes.has(cause.code)) {
      throw new ProjectorError('CLICKHOUSE_REFUSED', `ClickHouse refused: ${text}`, { cause, retryable: false })
    }
    throw new ProjectorError('CLICKHOUSE_UNAVAILABLE', `ClickHouse is not available: ${text}`, {
      cause,
      retryable: true,
    })
  }
}
