import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type Answer, passOn } from '../processes/pass-on.ts'
import { type ClickHouseFault, exceptionText, statusOfCode } from './clickhouse-fault.ts'

export type FaultOptions = {
  /** Only requests whose address (`?name=value` of settings) or statement, on lines of its own, matches; default all. */
  readonly matching?: RegExp
}

export type ClickHouseProxy = {
  /** With the login of the target, if that has one. */
  readonly url: string
  /** How many requests met a fault. */
  readonly faults: number
  /** Fails requests from now on, until `passOn`. A number is a code of ClickHouse. */
  answerWith(fault: number | ClickHouseFault, options?: FaultOptions): void
  /** Passes on every request from now on. */
  passOn(): void
  close(): Promise<void>
}

/** A proxy on loopback in front of a real ClickHouse, which can answer as ClickHouse does when it is in trouble. It passes requests on at first. */
export async function startClickHouseProxy(target: string): Promise<ClickHouseProxy> {
  let fault: ClickHouseFault | undefined
  let matching = /(?:)/
  let faults = 0
  const held: (() => void)[] = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => undefined)
    if (body === undefined) return // the sender hung up
    const met = fault !== undefined && matching.test(requestText(request, body)) ? fault : undefined
    if (met !== undefined) faults++
    if (met?.kind === 'hold') await new Promise<void>((resolve) => held.push(resolve))
    await answer(met, { request, response, body, target }).catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: addressOf(target, (server.address() as AddressInfo).port),
    get faults() {
      return faults
    },
    answerWith(next, options = {}) {
      fault = typeof next === 'number' ? { kind: 'code', code: next } : next
      matching = options.matching ?? /(?:)/
    },
    passOn() {
      fault = undefined
      for (const release of held.splice(0)) release()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function addressOf(target: string, port: number): string {
  const url = new URL(target)
  url.host = `127.0.0.1:${port}`
  return url.href.replace(/\/$/, '')
}

type Exchange = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: Buffer
  readonly target: string
}

/** An insert's statement is in the address, that of a query at the beginning of the body. */
function requestText(request: IncomingMessage, body: Buffer): string {
  const inAddress = new URL(request.url ?? '/', 'http://localhost').searchParams.get('query') ?? ''
  return `${request.url}\n${inAddress}\n${body.subarray(0, 10_000)}`
}

async function answer(fault: ClickHouseFault | undefined, exchange: Exchange): Promise<void> {
  const { request, response, body, target } = exchange
  if (fault === undefined || fault.kind === 'hold') {
    const { status, headers, body: passed } = await passOn(request, body, target)
    response.writeHead(status, headers).end(passed)
    return
  }
  switch (fault.kind) {
    case 'code':
      return sendCode(response, fault.code, fault.named)
    case 'codeAfter':
      await passOn(request, body, target)
      return sendCode(response, fault.code)
    case 'resetAfter':
      await passOn(request, body, target)
      request.socket.resetAndDestroy()
      return
    case 'page':
      response.writeHead(fault.status, { 'content-type': 'text/html' })
      response.end(`<html><head><title>${fault.status}</title></head><body><h1>Injected</h1></body></html>\n`)
      return
    case 'reset':
      request.socket.resetAndDestroy()
      return
    case 'midway':
    case 'cut':
      return cut(fault, await passOn(request, body, target), response)
    default:
      fault satisfies never
  }
}

function sendCode(response: ServerResponse, code: number, named = true): void {
  response.writeHead(statusOfCode(code), {
    'content-type': 'text/plain; charset=UTF-8',
    'x-clickhouse-exception-code': code,
  })
  response.end(exceptionText(code, named))
}

const tag = 'injectedbyatest1'

function cut(fault: ClickHouseFault & { kind: 'midway' | 'cut' }, whole: Answer, response: ServerResponse): void {
  const { 'content-length': _, 'transfer-encoding': __, ...headers } = whole.headers
  const half = whole.body.lastIndexOf('\n', whole.body.length / 2) + 1
  const begun = whole.body.subarray(0, half)
  if (fault.kind === 'midway') {
    const text = exceptionText(fault.code)
    const marked = `\r\n__exception__\r\n${tag}\r\n${text}${Buffer.byteLength(text)} ${tag}\r\n__exception__\r\n`
    response.writeHead(whole.status, { ...headers, ...(fault.tagged ? { 'x-clickhouse-exception-tag': tag } : {}) })
    response.end(Buffer.concat([begun, Buffer.from(fault.tagged ? marked : text)]))
    return
  }
  if (fault.how === 'clean') {
    response.writeHead(whole.status, headers).end(begun)
    return
  }
  response.writeHead(whole.status, {
    ...headers,
    ...(fault.how === 'length' ? { 'content-length': whole.body.length + 1 } : {}),
  })
  response.write(begun, () => response.socket?.end())
}
