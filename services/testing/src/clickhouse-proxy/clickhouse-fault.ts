/** How ClickHouse, or a proxy in front of it, fails. */
export type ClickHouseFault =
  /** ClickHouse's error with this code; nothing is passed on. `named: false` leaves the name out of its text. */
  | { readonly kind: 'code'; readonly code: number; readonly named?: boolean }
  /** The statement is run, then answered with this code: an insert whose status is unknown. */
  | { readonly kind: 'codeAfter'; readonly code: number }
  /** The request waits until requests are passed on again, then is passed on, even where its sender has given up. */
  | { readonly kind: 'hold' }
  /** The statement is run, then the connection is reset. */
  | { readonly kind: 'resetAfter' }
  /** A proxy's page in HTML; nothing is passed on. */
  | { readonly kind: 'page'; readonly status: number }
  /** The connection is reset; nothing is passed on. */
  | { readonly kind: 'reset' }
  /** The first lines of the answer, then ClickHouse's exception within the body of the 200: with its tag since 25.11, as bare text before. */
  | { readonly kind: 'midway'; readonly code: number; readonly tagged: boolean }
  /** The first half of the answer, up to a line end: without the last chunk, with a Content-Length that is too long, or as if it were whole. */
  | { readonly kind: 'cut'; readonly how: 'chunked' | 'length' | 'clean' }

/** Names of the codes that stand for a condition which passes. https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const names: Readonly<Record<number, string>> = {
  75: 'CANNOT_WRITE_TO_FILE_DESCRIPTOR',
  76: 'CANNOT_OPEN_FILE',
  81: 'UNKNOWN_DATABASE',
  159: 'TIMEOUT_EXCEEDED',
  164: 'READONLY',
  173: 'CANNOT_ALLOCATE_MEMORY',
  201: 'QUOTA_EXCEEDED',
  202: 'TOO_MANY_SIMULTANEOUS_QUERIES',
  209: 'SOCKET_TIMEOUT',
  210: 'NETWORK_ERROR',
  225: 'NO_ZOOKEEPER',
  236: 'ABORTED',
  241: 'MEMORY_LIMIT_EXCEEDED',
  242: 'TABLE_IS_READ_ONLY',
  243: 'NOT_ENOUGH_SPACE',
  252: 'TOO_MANY_PARTS',
  285: 'TOO_FEW_LIVE_REPLICAS',
  286: 'UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE',
  319: 'UNKNOWN_STATUS_OF_INSERT',
  394: 'QUERY_WAS_CANCELLED',
  439: 'CANNOT_SCHEDULE_TASK',
  452: 'SETTING_CONSTRAINT_VIOLATION',
  473: 'DEADLOCK_AVOIDED',
  497: 'ACCESS_DENIED',
  499: 'S3_ERROR',
  516: 'AUTHENTICATION_FAILED',
  745: 'SERVER_OVERLOADED',
  999: 'KEEPER_EXCEPTION',
  1001: 'STD_EXCEPTION',
}

/** The text of an exception as ClickHouse writes it. */
export function exceptionText(code: number, named = true): string {
  const name = named ? ` (${names[code] ?? 'UNKNOWN_EXCEPTION'})` : ''
  return `Code: ${code}. DB::Exception: Injected by a test.${name} (version 26.7.2.1 (official build))\n`
}

const statuses: Readonly<Record<number, number>> = { 81: 404, 159: 408, 439: 503, 497: 403, 516: 403 }

/** ClickHouse's HTTP status for the code. */
export const statusOfCode = (code: number): number => statuses[code] ?? 500
