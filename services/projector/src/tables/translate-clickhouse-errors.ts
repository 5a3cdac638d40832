import { clickHouseFailure } from '@headwater/clickhouse'
import { isTlsError } from '@headwater/config'
import { ProjectorError } from '../errors.ts'

/**
 * Translates what a call to ClickHouse throws. Errors with a `retryable` of their own pass as they are.
 * @throws ProjectorError CLICKHOUSE_UNAVAILABLE when a retry will help; otherwise CLICKHOUSE_DENIED, TABLES_MISSING, CLICKHOUSE_REFUSED
 */
export async function translateClickHouseErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (typeof (cause as { retryable?: unknown }).retryable === 'boolean') throw cause
    throw translated(cause)
  }
}

function translated(cause: unknown): ProjectorError {
  const { kind, name, text } = clickHouseFailure(cause)
  const final = { cause, retryable: false }
  switch (kind) {
    case 'passing':
    case 'limit':
      return new ProjectorError('CLICKHOUSE_UNAVAILABLE', `ClickHouse cannot do it now: ${text}`, {
        ...{ cause, retryable: true, reason: name },
      })
    case 'denied':
      return isTlsError({ code: name })
        ? new ProjectorError('CLICKHOUSE_DENIED', `ClickHouse is not available: ${text}`, { ...final, reason: name })
        : new ProjectorError('CLICKHOUSE_DENIED', `ClickHouse denies it: ${text}. ${grantsHint}`, final)
    case 'missing':
      return new ProjectorError('TABLES_MISSING', `The tables are not complete: ${text}. ${tablesHint}`, final)
    case 'refused':
      return new ProjectorError('CLICKHOUSE_REFUSED', `ClickHouse refused: ${text}`, final)
    default:
      return kind satisfies never
  }
}

const grantsHint = 'The grants of each user are in docs/deploying.md; check CLICKHOUSE_USER and CLICKHOUSE_PASSWORD'
const tablesHint = 'A projector that starts creates a missing database, and fills it from the log'
