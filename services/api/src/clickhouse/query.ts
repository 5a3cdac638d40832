import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { clickHouseFailure, isClickHouseError, readRows } from '@headwater/clickhouse'
import { ApiError } from '../errors.ts'
import type { Cost, Work } from '../load/work.ts'
import { plainValues } from './plain-values.ts'

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

/** Queries that group by the sorting key of their table: in its order they stop reading at their limit. */
const inOrder: ReadonlySet<string> = new Set(['asset-keys', 'hidden-jobs', 'job-rows'])

/** Beside the query, not within it: there a user with `readonly = 1` could not leave them out. */
const settingsOf = (name: string, maxSeconds: number): ClickHouseSettings => ({
  ...settings,
  ...(inOrder.has(name) ? { optimize_aggregation_in_order: 1 } : {}),
  max_execution_time: maxSeconds,
  log_comment: name,
})

export type QueryOptions = {
  /** Longest execution time of one query, in seconds. Default 20. */
  readonly maxSeconds?: number
  /** Called once, when the user turns out to refuse settings, as one with `readonly = 1` does. */
  readonly onSettingsRefused?: () => void
}

/**
 * Queries run with their own settings, or without any where the user refuses them: then the limits of the user's profile hold.
 * @param clients connected to the database of the tables: one for each kind of work, or one for all
 */
export function createQuery(
  clients: Clients | ClickHouseClient,
  { maxSeconds = 20, onSettingsRefused = () => undefined }: QueryOptions = {},
): Query {
  const clientOf = (cost: Cost) => ('state' in clients ? clients[cost] : clients)
  let mayHaveSettings = true

  async function run<Row>(name: string, query: string, params: Readonly<Record<string, unknown>>, work: Work) {
    const common = {
      query,
      query_params: params,
      use_multipart_params: true, // parameters with thousands of keys do not fit into a URL
      ...(work.signal === undefined ? {} : { abort_signal: work.signal }),
    }
    const client = clientOf(work.cost)
    if (!mayHaveSettings) return readRows<Row>(client, common, plainValues)
    return readRows<Row>(client, { ...common, clickhouse_settings: settingsOf(name, maxSeconds) })
  }

  return async <Row>(
    name: string,
    sql: string,
    params: Readonly<Record<string, unknown>> = {},
    work: Work = { cost: 'state' },
  ) => {
    work.signal?.throwIfAborted()
    try {
      return await run<Row>(name, sql, params, work).catch((error: unknown) => {
        if (!isClickHouseError(error, ['READONLY', 'SETTING_CONSTRAINT_VIOLATION'])) throw error
        if (mayHaveSettings) onSettingsRefused()
        mayHaveSettings = false
        return run<Row>(name, sql, params, work)
      })
    } catch (cause) {
      work.signal?.throwIfAborted()
      throw translated(name, cause)
    }
  }
}

function translated(query: string, cause: unknown): Error {
  const { kind, name, text } = clickHouseFailure(cause)
  switch (kind) {
    case 'limit':
      return new ApiError(
        'QUERY_TOO_EXPENSIVE',
        `ClickHouse cancelled the query ${query}, which exceeded a limit of time, memory or rows; request less`,
        {},
        cause,
      )
    case 'passing':
      return new ApiError('STORE_UNAVAILABLE', `ClickHouse cannot answer now (${name})`, {}, cause)
    case 'missing':
      return new ApiError('STORE_UNAVAILABLE', `The tables are not complete (${name}); /readyz says more`, {}, cause)
    case 'denied':
      return new ApiError(
        'STORE_UNAVAILABLE',
        `ClickHouse denies what the API needs (${name}); /readyz says more`,
        {},
        cause,
      )
    case 'refused':
      return new Error(`ClickHouse refused the query ${query}: ${text}`, { cause })
    default:
      return kind satisfies never
  }
}
