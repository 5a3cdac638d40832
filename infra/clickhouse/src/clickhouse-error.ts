import { ClickHouseError } from '@clickhouse/client'

// https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
const codes = {
  UNKNOWN_TABLE: '60',
  UNKNOWN_DATABASE: '81',
  UNKNOWN_SETTING: '115',
  TOO_MANY_ROWS: '158',
  TIMEOUT_EXCEEDED: '159',
  TOO_SLOW: '160',
  TOO_MANY_SIMULTANEOUS_QUERIES: '202',
  NO_FREE_CONNECTION: '203',
  SOCKET_TIMEOUT: '209',
  NETWORK_ERROR: '210',
  MEMORY_LIMIT_EXCEEDED: '241',
  TABLE_IS_READ_ONLY: '242',
  TOO_MANY_PARTS: '252',
  ALL_CONNECTION_TRIES_FAILED: '279',
  TOO_MANY_BYTES: '307',
  TOO_MANY_ROWS_OR_BYTES: '396',
  AUTHENTICATION_FAILED: '516',
  KEEPER_EXCEPTION: '999',
} as const

/** ClickHouse's names of the errors that services tell apart. */
export type ClickHouseErrorName = keyof typeof codes

/** True when ClickHouse answered with one of these errors. Compares codes: the client's `type` is the first `(NAME)` of a message, which may quote the query. */
export const isClickHouseError = (error: unknown, names: readonly ClickHouseErrorName[]): boolean =>
  error instanceof ClickHouseError && names.some((name) => codes[name] === error.code)
