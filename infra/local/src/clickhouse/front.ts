import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Engine } from './engine.ts'
import { EngineError } from './engine-error.ts'
import { readQueryRequest } from './query-request.ts'

export type FrontOptions = {
  readonly engine: Engine
  /** Greatest size of a body in bytes, unpacked. */
  readonly maxBodyBytes: number
  /** How many statements run at once; more wait in order. */
  readonly concurrency: number
  /** Asked of every request but /ping when not empty. */
  readonly password: string
}

/** ClickHouse's HTTP interface in front of the engine, as far as `@clickhouse/client` and curl use it. */
export function createFront(options: FrontOptions): Server {
  const turns = createTurns(options.concurrency)
  return createServer({ requestTimeout: 0 }, (request, response) => {
    answer(request, response, options, turns).catch((error: unknown) => refuse(response, error))
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontOptions,
  turns: Turns,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname === '/ping' || (url.pathname === '/' && request.method === 'GET' && url.search === '')) {
    response.end('Ok.\n')
    return
  }
  if (!isAllowed(request, url, options.password)) {
    request.resume()
    throw new EngineError(new Error('Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)'))
  }
  const body = await readBody(request, options.maxBodyBytes)
  const query = readQueryRequest(
    url,
    request.headers as Record<string, string | undefined>,
    body,
    request.method ?? 'GET',
  )
  const abort = new AbortController()
  response.once('close', () => abort.abort())
  response.setHeader('X-ClickHouse-Format', query.format)
  response.setHeader('Content-Type', contentTypeOf(query.format))
  if (query.queryId !== undefined) response.setHeader('X-ClickHouse-Query-Id', query.queryId)
  await turns.take(abort.signal, async () => {
    const result = options.engine.run(query, abort.signal)[Symbol.asyncIterator]()
    const first = await result.next() // before any header is sent, so that an error can still have a status
    if (query.compress) response.setHeader('Content-Encoding', 'gzip')
    const bytes = Readable.from(chunks(first, result), { objectMode: false })
    await (query.compress ? pipeline(bytes, createGzip({ level: 1 }), response) : pipeline(bytes, response))
  })
}

async function* chunks(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  for (let next = first; next.done !== true; next = await rest.next()) if (next.value.length > 0) yield next.value
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const known =
    error instanceof EngineError
      ? error
      : new EngineError(new Error(`Code: 36. DB::Exception: ${(error as Error).message}. (BAD_ARGUMENTS)`))
  response.removeHeader('Content-Encoding')
  response.removeHeader('X-ClickHouse-Format')
  response.writeHead(known.status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': known.code,
  })
  response.end(`${known.message}\n`)
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const source = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request
  const parts: Buffer[] = []
  let size = 0
  for await (const part of source as AsyncIterable<Buffer>) {
    size += part.length
    if (size > limit) throw new RangeError(`The body is larger than ${limit} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function isAllowed(request: IncomingMessage, url: URL, password: string): boolean {
  if (password === '') return true
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const given = [
    basic === undefined ? undefined : Buffer.from(basic, 'base64').toString().split(':').slice(1).join(':'),
    request.headers['x-clickhouse-key'],
    url.searchParams.get('password'),
  ]
  return given.includes(password)
}

function contentTypeOf(format: string): string {
  if (/^JSON(?:Strings|Columns|Compact|CompactStrings)?$/i.test(format)) return 'application/json; charset=UTF-8'
  if (/EachRow$/i.test(format)) return 'application/x-ndjson; charset=UTF-8'
  return /Binary|Native|Parquet|Arrow|ORC/i.test(format) ? 'application/octet-stream' : 'text/plain; charset=UTF-8'
}

type Turns = { take(signal: AbortSignal, work: () => Promise<void>): Promise<void> }

/** Lets at most `limit` work at once; who waits goes in the order of coming, and may give up. */
function createTurns(limit: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    async take(signal, work) {
      if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
      running++
      try {
        if (!signal.aborted) await work()
      } finally {
        running--
        waiting.shift()?.()
      }
    },
  }
}
