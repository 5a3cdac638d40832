import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { openLineageRun } from '../events/open-lineage-run.ts'
import { InMemoryEventLog } from '../log/in-memory-event-log.ts'

const log = new InMemoryEventLog()
const body = JSON.stringify(openLineageRun())
let app: FastifyInstance

beforeAll(async () => {
  app = await buildApp({ log, requestTimeoutMs: 500, maxBodyBytes: 100_000 })
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

function open(): Socket {
  return connect((app.server.address() as AddressInfo).port, '127.0.0.1')
}

/** The bytes that the server sends before the connection closes. */
async function answerTo(...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = open()
  for (const part of parts) socket.write(part)
  return text(socket)
}

const head = (...headers: readonly string[]) =>
  `${['POST /api/v1/lineage HTTP/1.1', 'Host: localhost', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`
const chunked = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size)).flatMap(
    (part) => [`${part.length.toString(16)}\r\n`, part, '\r\n'],
  )

describe('a raw request', () => {
  it('of chunked gzip without Content-Length is accepted', async () => {
    const answer = await answerTo(
      head('Transfer-Encoding: chunked', 'Content-Encoding: gzip'),
      ...chunked(gzipSync(body), 50),
      '0\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1.1 201 /)
    expect(answer).toMatch(/\r\nheadwater-position: log:0:/)
  })

  it('may wait for 100 Continue before its body', async () => {
    const socket = open()
    socket.write(head(`Content-Length: ${body.length}`, 'Expect: 100-continue'))
    const [first] = await once(socket, 'data')
    expect(String(first)).toMatch(/^HTTP\/1.1 100 Continue/)
    socket.write(body)
    expect(await text(socket)).toMatch(/^HTTP\/1.1 201 /)
  })

  it.each([
    ['text that is not HTTP', 'hello\r\n\r\n', 400],
    ['endless headers', `POST /api/v1/lineage HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(40_000)}`, 431],
    ['an invalid length', head('Content-Length: abc'), 400],
    ['two lengths', head('Content-Length: 3', 'Content-Length: 4'), 400],
    ['an invalid chunk', `${head('Transfer-Encoding: chunked')}zz\r\n`, 400],
    ['an unknown expectation', head('Content-Length: 2', 'Expect: a-miracle'), 417],
    ['a length beyond the limit', head('Content-Length: 999999999'), 413],
    ['a path that cannot be decoded', 'POST /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400],
    ['an unknown HTTP version', 'POST /api/v1/lineage HTTP/3.0\r\n\r\n', 400],
  ])('with %s is answered', async (_, bytes, status) => {
    expect(await answerTo(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it.each([
    ['headers', 'POST /api/v1/lineage HTTP/1.1\r\nHost: localhost\r\n'],
    ['a body', `${head('Content-Length: 100')}{`],
    ['a chunk', `${head('Transfer-Encoding: chunked')}5\r\n{"a"`],
  ])('that stops in the middle of %s is answered with 408', async (_, bytes) => {
    expect(await answerTo(bytes)).toMatch(/^HTTP\/1.1 408 (.|\s)*"code":"REQUEST_TIMEOUT"/)
  })

  it('with a body over the limit and no Content-Length is answered with 413', async () => {
    const answer = await answerTo(
      head('Transfer-Encoding: chunked'),
      ...chunked(Buffer.alloc(150_000, 0x20), 10_000),
      '0\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
    expect(answer).not.toMatch(/retry-after/i)
  })

  it('that is cut off does not affect the server', async () => {
    for (const bytes of [head('Content-Length: 100'), 'POST /api', `${head('Content-Length: 100')}{"a"`]) {
      const socket = open()
      socket.write(bytes)
      await once(socket, 'connect')
      socket.destroy()
    }
    expect(await answerTo(head(`Content-Length: ${body.length}`), body)).toMatch(/^HTTP\/1.1 201 /)
  })
})
