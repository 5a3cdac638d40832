import { multipartFields } from './multipart.ts'
import { readStatement, type Statement } from './statement.ts'

/** A request to ClickHouse's HTTP interface: https://clickhouse.com/docs/interfaces/http */
export type QueryRequest = {
  readonly statement: Statement
  readonly format: string
  readonly database: string | undefined
  readonly sessionId: string | undefined
  readonly queryId: string | undefined
  readonly compress: boolean
  /** The answer is to be sent in compressed blocks of ClickHouse's own. */
  readonly inBlocks: boolean
  /** The revision of ClickHouse's protocol by which the client reads the format Native; 0 when it names none. */
  readonly protocolVersion: number
  /** Nothing of the result may be sent before all of it is known. */
  readonly waitEnd: boolean
  /** Only reading is allowed, as for every GET. */
  readonly readOnly: boolean
  /** Values of `{name:Type}` placeholders, escaped as they came. */
  readonly parameters: ReadonlyMap<string, string>
  readonly settings: ReadonlyMap<string, string>
}

const ours = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'session_timeout',
  'session_check',
  'user',
  'password',
  'quota_key',
  'role',
  'compress',
  'decompress',
  'enable_http_compression',
  'wait_end_of_query',
  'buffer_size',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'cancel_http_readonly_queries_on_client_close',
  'stacktrace',
  'close_session',
  'add_http_cors_header',
  'client_protocol_version',
  'http_write_exception_in_output_format',
])
const settingName = /^\w+$/

/** @throws RangeError when a name is invalid, or the body cannot be read */
export function readQueryRequest(
  url: URL,
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
  method: string,
): QueryRequest {
  const contentType = headers['content-type'] ?? ''
  const form = contentType.startsWith('multipart/form-data')
  const fields = new Map(form ? multipartFields(body, contentType) : [])
  for (const [name, value] of url.searchParams) fields.set(name, value)
  const parameters = new Map<string, string>()
  const settings = new Map<string, string>()
  for (const [name, value] of fields) {
    if (!settingName.test(name))
      throw new RangeError(`${JSON.stringify(name)} is not a valid name of a setting or parameter`)
    if (name.startsWith('param_')) parameters.set(name, value)
    else if (!ours.has(name)) settings.set(name, value)
  }
  const statement = readStatement(fields.get('query') ?? '', form ? Buffer.alloc(0) : body)
  return {
    statement,
    format: statement.format ?? headers['x-clickhouse-format'] ?? fields.get('default_format') ?? 'TabSeparated',
    database: fields.get('database') ?? headers['x-clickhouse-database'],
    sessionId: fields.get('session_id'),
    queryId: fields.get('query_id'),
    compress: fields.get('enable_http_compression') === '1' && /\bgzip\b/.test(headers['accept-encoding'] ?? ''),
    inBlocks: fields.get('compress') === '1',
    protocolVersion: Number(fields.get('client_protocol_version') ?? 0),
    waitEnd: fields.get('wait_end_of_query') === '1',
    readOnly: method === 'GET' || method === 'HEAD',
    parameters,
    settings,
  }
}
