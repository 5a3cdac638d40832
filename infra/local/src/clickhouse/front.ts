import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Credentials, checkLogin, checkOrigin } from './access.ts'
import { compressedBlocks, unpackCompressedBlocks } from './compression/compressed-blocks.ts'
import { contentTypeOf } from './content-type.ts'
import type { Engine, Summary } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { greet, isGreeting } from './greeting.ts'
import { type QueryRequest, readQueryRequest } from './query-request.ts'
import { readBody } from './read-body.ts'
import { createTurns, type Turns } from './turns.ts'

export type FrontOptions = {
  readonly engine: Engine
  /** Greatest size of a body in bytes, unpacked. */
  readonly maxBodyBytes: number
  /** How many statements run at once; more wait in order. Writes do not wait for reads, nor reads for writes. */
  readonly concurrency: { readonly reads: number; readonly writes: number }
  /** Required of every request but /ping. */
  readonly credentials: Credentials
  /** Names by which the front is reached besides those of this machine. */
  readonly allowedHosts: readonly string[]
}

type Lanes = { readonly reads: Turns; readonly writes: Turns }

/** ClickHouse's HTTP interface in front of the engine, as far as the drivers in docs/sql-access.md use it. */
export function createFront(options: FrontOptions): Server {
  const { reads, writes } = options.concurrency
  const lanes = { reads: createTurns(reads), writes: createTurns(writes) }
  return createServer({ requestTimeout: 0, noDelay: true }, (request, response) => {
    answer(request, response, options, lanes).catch((error: unknown) => refuse(request, response, error))
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontOptions,
  lanes: Lanes,
): Promise<void> {
  response.setHeader('X-Content-Type-Options', 'nosniff')
  checkOrigin(request, options.allowedHosts)
  const url = new URL(`http://localhost${request.url}`)
  if (url.pathname === '/ping' || (url.pathname === '/' && request.method === 'GET' && url.search === '')) {
    response.end('Ok.\n')
    return
  }
  checkLogin(request, url, options.credentials)
  const abort = new AbortController()
  response.once('close', () => abort.abort())
  const sent = await readBody(request, options.maxBodyBytes)
  const inBlocks = url.searchParams.get('decompress') === '1'
  const body = inBlocks ? unpackCompressedBlocks(sent, options.maxBodyBytes) : sent
  const headers = request.headers as Record<string, string | undefined>
  const query = readQueryRequest(url, headers, body, request.method ?? 'GET')
  response.setHeader('X-ClickHouse-Format', query.format)
  response.setHeader('Content-Type', contentTypeOf(query.format))
  if (query.queryId !== undefined) response.setHeader('X-ClickHouse-Query-Id', query.queryId)
  const lane = query.statement.verb === 'INSERT' ? lanes.writes : lanes.reads
  await lane.take(abort.signal, () => respond(response, options.engine, query, abort.signal))
}

async function respond(
  response: ServerResponse,
  engine: Engine,
  query: QueryRequest,
  signal: AbortSignal,
): Promise<void> {
  const summarize = (summary: Summary) => {
    if (!response.headersSent) response.setHeader('X-ClickHouse-Summary', JSON.stringify(summary))
  }
  const answered = isGreeting(query) ? greet(engine, query, signal) : engine.run(query, signal, summarize)
  const result = (query.inBlocks ? compressedBlocks(answered) : answered)[Symbol.asyncIterator]()
  // Before any header is sent, so that an error can still have a status; twice, for most results are one piece.
  const first = await result.next()
  const second = first.done ? first : await result.next()
  if (second.done && !query.compress) {
    response.end(first.done ? undefined : first.value)
    return
  }
  if (query.compress) response.setHeader('Content-Encoding', 'gzip')
  const bytes = Readable.from(chunks([first, second], result), { objectMode: false })
  await (query.compress ? pipeline(bytes, createGzip({ level: 1 }), response) : pipeline(bytes, response))
}

async function* chunks(
  begun: readonly IteratorResult<Uint8Array>[],
  rest: AsyncIterator<Uint8Array>,
): AsyncIterable<Uint8Array> {
  try {
    for (const { done, value } of begun) {
      if (done) return
      if (value.length > 0) yield value
    }
    for (let next = await rest.next(); !next.done; next = await rest.next()) if (next.value.length > 0) yield next.value
  } finally {
    await rest.return?.()
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const known =
    error instanceof EngineError
      ? error
      : new EngineError(`Code: 36. DB::Exception: ${(error as Error).message}. (BAD_ARGUMENTS)`)
  response.removeHeader('Content-Encoding')
  response.removeHeader('X-ClickHouse-Format')
  response.writeHead(known.status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': known.code,
    ...(request.complete ? {} : { Connection: 'close' }),
  })
  response.end(`${known.message}\n`)
}
