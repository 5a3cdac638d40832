import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Session } from 'chdb'
import { EngineError } from './engine-error.ts'
import type { QueryRequest } from './query-request.ts'

// Holds: settings, parameters and the current database live in a session that one request has to itself (or that a session id
// names), so nothing of one request reaches another. All sessions share one engine, since they name the same directory.

export type EngineOptions = {
  /** Directory of the data. */
  readonly path: string
  /** Where bodies of inserts lie while the engine reads them; best in memory. */
  readonly scratch: string
}

/** Bytes of the result as the engine makes them. */
export type EngineResult = AsyncIterable<Uint8Array>

export interface Engine {
  /** Runs until done; aborting cancels it. @throws EngineError */
  run(request: QueryRequest, signal: AbortSignal): EngineResult
  close(): void
}

/** Formats in which the rows of a result can be cut anywhere between rows. */
const streamable = /^(RowBinary|JSONEachRow|JSONCompactEachRow|TabSeparated|TSV|CSV|LineAsString)$/i
const reads = /^\s*(?:(?:--[^\n]*\n|\/\*[\s\S]*?\*\/)\s*)*\(*\s*(SELECT|WITH)\b/i

export function openEngine({ path, scratch }: EngineOptions): Engine {
  const keeper = new Session(path) // the engine lives as long as some session does
  const named = createNamedSessions(path)

  async function* run(request: QueryRequest, signal: AbortSignal): EngineResult {
    const { session, release } = request.sessionId === undefined ? opened(path) : await named.acquire(request.sessionId)
    const tag = randomUUID()
    const kill = () =>
      void keeper.queryAsync(`KILL QUERY WHERE Settings['log_comment'] = '${tag}' ASYNC`).catch(() => undefined)
    try {
      prepare(session, request, tag)
      signal.addEventListener('abort', kill, { once: true })
      signal.throwIfAborted()
      yield* execute(session, request, signal, scratch)
    } catch (error) {
      throw new EngineError(error)
    } finally {
      signal.removeEventListener('abort', kill)
      release()
    }
  }
  return { run, close: () => keeper.close() }
}

function opened(path: string): { session: Session; release: () => void } {
  const session = new Session(path)
  return { session, release: () => session.close() }
}

function prepare(session: Session, request: QueryRequest, tag: string): void {
  const settings = new Map(request.settings)
  if (!settings.has('log_comment')) settings.set('log_comment', tag)
  for (const [name, value] of settings) session.query(`SET ${name} = ${literal(value)}`)
  if (request.parameters.size > 0) session.query(`SET max_query_size = ${2 ** 30}`)
  for (const [name, value] of request.parameters) session.query(`SET ${name} = ${literal(value)}`)
  if (request.database !== undefined) session.query(`USE \`${request.database.replaceAll('`', '\\`')}\``)
}

async function* execute(session: Session, request: QueryRequest, signal: AbortSignal, scratch: string): EngineResult {
  const { statement, format } = request
  if (statement.insert !== undefined) {
    await insert(session, statement.sql, statement.insert, scratch)
  } else if (streamable.test(format) && reads.test(statement.sql)) {
    for await (const chunk of session.queryStream(statement.sql, { format, signal })) yield chunk.raw()
  } else {
    const result = await session.queryAsync(statement.sql, { format })
    yield result.bytes()
  }
}

async function insert(
  session: Session,
  sql: string,
  { format, data }: { format: string; data: Buffer },
  scratch: string,
): Promise<void> {
  if (data.length === 0) return
  const file = join(scratch, `headwater-${randomUUID()}`)
  try {
    await writeFile(file, data)
    await session.queryAsync(`${sql} FROM INFILE ${literal(file)} FORMAT ${format}`)
  } finally {
    await rm(file, { force: true })
  }
}

const literal = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const idleSessionMs = 60_000

/** Sessions that several requests share by id, one at a time. */
function createNamedSessions(path: string) {
  const sessions = new Map<string, { session: Session; last: Promise<void>; timer: NodeJS.Timeout | undefined }>()
  return {
    async acquire(id: string): Promise<{ session: Session; release: () => void }> {
      const known = sessions.get(id) ?? { session: new Session(path), last: Promise.resolve(), timer: undefined }
      sessions.set(id, known)
      clearTimeout(known.timer)
      const before = known.last
      let release: () => void = () => undefined
      known.last = new Promise((resolve) => {
        release = () => {
          resolve()
          known.timer = setTimeout(() => {
            sessions.delete(id)
            known.session.close()
          }, idleSessionMs).unref()
        }
      })
      await before
      return { session: known.session, release }
    },
  }
}
