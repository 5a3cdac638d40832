import { join } from 'node:path'
import { type ChdbResult, Session } from 'chdb'
import { expressionSettings, writeEngineConfig } from './confinement/engine-config.ts'
import { withRemedy } from './confinement/remedy.ts'
import { createStatementCheck } from './confinement/statement-check.ts'
import { mayEvaluate } from './confinement/values-expressions.ts'
import { literal } from './literal.ts'
import type { QueryRequest } from './query-request.ts'
import { openScratch, type Scratch } from './scratch.ts'
import { openSessions } from './sessions.ts'

// Holds: settings, parameters and the current database live in a session that one request has to itself (or that a session id
// names), so nothing of one request reaches another. All sessions share one engine, since they name the same directory.

export type EngineOptions = {
  /** Directory of the data. */
  readonly path: string
  /** A folder in memory for the bodies of inserts while the engine reads them, where there is one. */
  readonly memory?: string
}

/** Bytes of the result as the engine makes them. */
type EngineResult = AsyncIterable<Uint8Array>

/** What a statement did, in ClickHouse's words. */
export type Summary = Readonly<
  Record<'read_rows' | 'read_bytes' | 'written_rows' | 'written_bytes' | 'elapsed_ns', string>
>

export interface Engine {
  /** Runs until done; aborting cancels it. A summary comes only of what is not streamed. @throws EngineError */
  run(request: QueryRequest, signal: AbortSignal, onSummary: (summary: Summary) => void): EngineResult
  close(): void
}

/** Formats in which the rows of a result can be cut anywhere between rows. */
const streamable = /^(RowBinary|JSONEachRow|JSONCompactEachRow|TabSeparated|TSV|CSV|LineAsString)$/i
const killAgainMs = 200
const shortRows = 10_000
/** A client that limits its results to so many rows is ready to have one whole. */
const boundedRows = 1_000_000

export function openEngine({ path, memory }: EngineOptions): Engine {
  const config = writeEngineConfig(join(path, 'confinement'))
  const keeper = new Session(path, { connectionArgs: [`--config-file=${config}`] }) // the engine lives as long as some session does
  const sessions = openSessions(path)
  const check = createStatementCheck(keeper)
  const scratch = openScratch(memory, path)

  /** Cancels what carries the tag, again and again: a statement that has not begun yet cannot be found. */
  function killer(tag: string): { start(): void; stop(): void } {
    let timer: NodeJS.Timeout | undefined
    const sql = `KILL QUERY WHERE endsWith(Settings['log_comment'], '${tag}') ASYNC`
    const kill = () => void keeper.queryAsync(sql).catch(() => undefined)
    return {
      start() {
        kill()
        timer = setInterval(kill, killAgainMs)
      },
      stop: () => clearInterval(timer),
    }
  }

  async function* run(asked: QueryRequest, signal: AbortSignal, onSummary: (summary: Summary) => void): EngineResult {
    check(asked)
    const request = mayEvaluate(asked.statement) ? evaluating(asked) : asked
    const { sessionId, statement } = request
    const lease = sessionId === undefined ? sessions.lease(keyOf(request)) : await sessions.leaseNamed(sessionId)
    const { session } = lease
    const killing = killer(lease.tag)
    signal.addEventListener('abort', killing.start, { once: true })
    let restore = ''
    let done = false
    try {
      if (sessionId !== undefined) restore = restoring(session, request)
      if (!lease.prepared) prepare(session, request, lease.tag)
      if (request.parameters.size > 0) session.query(`SET ${assignments(request.parameters)}`)
      signal.throwIfAborted()
      yield* execute(session, request, signal, scratch, onSummary)
      done = true
    } catch (error) {
      throw withRemedy(error)
    } finally {
      signal.removeEventListener('abort', killing.start)
      killing.stop()
      if (restore !== '') session.query(restore)
      lease.release(done && !signal.aborted && leavesNothing.has(statement.verb))
    }
  }
  return {
    run,
    close() {
      sessions.close()
      keeper.close()
      scratch.remove()
    },
  }
}

/** The request in a session that evaluates expressions in VALUES. */
const evaluating = (request: QueryRequest): QueryRequest => ({
  ...request,
  settings: new Map([...request.settings, ...expressionSettings.map((name) => [name, '1'] as const)]),
})

/** Statements after which a session is as it was before. */
const leavesNothing = new Set(['SELECT', 'WITH', 'INSERT', 'SHOW', 'DESCRIBE', 'DESC', 'EXISTS', 'EXPLAIN'])

/** All that `prepare` sets, and the names of the parameters, whose values are set for each query. */
const keyOf = ({ database, readOnly, settings, parameters }: QueryRequest): string =>
  JSON.stringify([database, readOnly, [...settings].sort(), [...parameters.keys()].sort()])

/** Where the embedded engine's defaults are not the server's. */
const serverDefaults: readonly (readonly [string, string])[] = [
  ['implicit_select', '0'],
  ['allow_introspection_functions', '0'],
]

function prepare(session: Session, request: QueryRequest, tag: string): void {
  const settings = new Map([...serverDefaults, ...request.settings])
  settings.set('log_comment', `${settings.get('log_comment') ?? ''}${tag}`)
  session.query(`SET ${assignments(settings)}`)
  if (request.parameters.size > 0) session.query(`SET max_query_size = ${2 ** 30}`) // values count as part of a query
  if (request.database !== undefined) session.query(`USE \`${request.database.replace(/[\\`]/g, '\\$&')}\``)
  if (request.readOnly) session.query('SET readonly = 2')
}

const assignments = (values: ReadonlyMap<string, string>): string =>
  [...values].map(([name, value]) => `${name} = ${literal(value)}`).join(', ')

/** What puts the settings back that a request is about to change in a session that outlives it. */
function restoring(session: Session, { settings }: QueryRequest): string {
  const names = [...settings.keys(), 'log_comment', 'max_query_size', 'readonly']
  const query = `SELECT name, value, changed FROM system.settings WHERE name IN (${names.map(literal).join(', ')})`
  const lines = session.query(query, 'JSONCompactEachRow').trimEnd().split('\n').filter(Boolean)
  const before = lines.map((line) => JSON.parse(line) as [string, string, number])
  return `SET ${before.map(([name, value, changed]) => `${name} = ${changed ? literal(value) : 'DEFAULT'}`).join(', ')}`
}

async function* execute(
  session: Session,
  request: QueryRequest,
  signal: AbortSignal,
  scratch: Scratch,
  onSummary: (summary: Summary) => void,
): EngineResult {
  const { statement, format } = request
  const { sql, verb } = statement
  if (statement.insert !== undefined) {
    const { data, settings, format: rows } = statement.insert
    if (data.length === 0) return
    const from = (file: string) => `${sql} FROM INFILE ${literal(file)} ${settings} FORMAT ${rows}`
    onSummary(summaryOf(await scratch.withFile(data, (file) => session.queryAsync(from(file))), true))
  } else if (
    streamable.test(format) &&
    (verb === 'SELECT' || verb === 'WITH') &&
    !request.waitEnd &&
    !isShort(request)
  ) {
    for await (const chunk of session.queryStream(sql, { format, signal })) yield chunk.raw()
  } else {
    const result = await session.queryAsync(sql, { format })
    onSummary(summaryOf(result, false))
    yield result.bytes()
  }
}

/** A result that cannot be long is not worth a stream, which keeps the thread of all requests busy while it is set up. */
function isShort({ statement, parameters, settings }: QueryRequest): boolean {
  const mostRows = Number(settings.get('max_result_rows') ?? 0) // 0: unlimited
  if (mostRows > 0 && mostRows <= boundedRows && settings.get('result_overflow_mode') !== 'break') return true
  const limit =
    statement.limit === undefined ? undefined : (parameters.get(`param_${statement.limit}`) ?? statement.limit)
  return limit !== undefined && Number(limit) <= shortRows
}

function summaryOf(result: ChdbResult, inserted: boolean): Summary {
  const [rows, bytes] = [String(result.rowsRead), String(result.bytesRead)]
  return {
    read_rows: rows,
    read_bytes: bytes,
    written_rows: inserted ? rows : '0',
    written_bytes: inserted ? bytes : '0',
    elapsed_ns: String(Math.round(result.elapsed * 1e9)),
  }
}
