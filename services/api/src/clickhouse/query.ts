import { type ClickHouseClient, ClickHouseError, type ClickHouseSettings } from '@clickhouse/client'
import { type ClickHouseErrorName, isClickHouseError } from '@headwater/clickhouse'
import { ApiError } from '../errors.ts'
import type { Cost, Work } from '../load/work.ts'

/**
 * Runs one SELECT. `name` appears in ClickHouse's query log; `sql` refers to `params` as {name:Type}.
 * @throws ApiError STORE_UNAVAILABLE, QUERY_TOO_EXPENSIVE, or the reason of the signal in `work`
 */
export type Query = <Row>(
  name: string,
  sql: string,
  params?: Readonly<Record<string, unknown>>,
  work?: Work,
) => Promise<readonly Row[]>

/** The client for each kind of work. Their connections are the lanes: queries of one kind never wait for a connection of another. */
export type Clients = Readonly<Record<Cost, ClickHouseClient>>

const settings: ClickHouseSettings = {
  readonly: '2', // reads only, but a query may change its own settings
  max_result_rows: '1000000', // more would fit neither into an answer nor into the memory of this process
  result_overflow_mode: 'throw',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  join_use_nulls: 1,
  cancel_http_readonly_queries_on_client_close: 1,
}

/**
 * @param clients connected to the database of the tables: one for each kind of work, or one for all
 * @param maxSeconds longest execution time of one query
 */
export function createQuery(clients: Clients | ClickHouseClient, maxSeconds = 20): Query {
  const clientOf = (cost: Cost) => ('state' in clients ? clients[cost] : clients)
  return async <Row>(
    name: string,
    sql: string,
    params: Readonly<Record<string, unknown>> = {},
    { cost, signal }: Work = { cost: 'state' },
  ) => {
    signal?.throwIfAborted()
    try {
      const result = await clientOf(cost).query({
        query: sql,
        query_params: params,
        use_multipart_params: true, // parameters with thousands of keys do not fit into a URL
        format: 'JSONEachRow',
        clickhouse_settings: { ...settings, max_execution_time: maxSeconds, log_comment: name },
        ...(signal === undefined ? {} : { abort_signal: signal }),
      })
      return await result.json<Row>()
    } catch (cause) {
      signal?.throwIfAborted()
      throw translated(name, cause)
    }
  }
}

const tooExpensive: readonly ClickHouseErrorName[] = [
  'TOO_MANY_ROWS',
  'TIMEOUT_EXCEEDED',
  'TOO_SLOW',
  'MEMORY_LIMIT_EXCEEDED',
  'TOO_MANY_BYTES',
  'TOO_MANY_ROWS_OR_BYTES',
]
const notAvailable: readonly ClickHouseErrorName[] = [
  'UNKNOWN_TABLE',
  'UNKNOWN_DATABASE',
  'TOO_MANY_SIMULTANEOUS_QUERIES',
  'NO_FREE_CONNECTION',
  'SOCKET_TIMEOUT',
  'NETWORK_ERROR',
  'TABLE_IS_READ_ONLY',
  'TOO_MANY_PARTS',
  'ALL_CONNECTION_TRIES_FAILED',
  'AUTHENTICATION_FAILED',
  'KEEPER_EXCEPTION',
]

function translated(name: string, cause: unknown): Error {
  if (!(cause instanceof ClickHouseError)) {
    return new ApiError('STORE_UNAVAILABLE', 'ClickHouse does not respond', {}, cause)
  }
  if (isClickHouseError(cause, tooExpensive)) {
    const detail = `ClickHouse cancelled the query ${name}, which exceeded a limit of time, memory or rows; request less`
    return new ApiError('QUERY_TOO_EXPENSIVE', detail, {}, cause)
  }
  if (isClickHouseError(cause, notAvailable)) {
    return new ApiError('STORE_UNAVAILABLE', 'ClickHouse cannot answer at present', {}, cause)
  }
  return new Error(`ClickHouse refused the query ${name}: ${cause.message}`, { cause })
}
