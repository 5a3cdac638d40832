import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../src/app.ts'
import { openLineageRun } from './events/open-lineage-run.ts'
import { InMemoryEventLog } from './log/in-memory-event-log.ts'

// Bytes as browsers and attackers send them, over real sockets.

const log = new InMemoryEventLog()
const body = JSON.stringify(openLineageRun())
const dashboard = 'http://localhost:5173'
let app: FastifyInstance

beforeAll(async () => {
  const guard = { allowedHosts: [], acceptsAddresses: false, corsOrigins: [dashboard], acceptsLinks: true }
  app = await buildApp({ log, guard })
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

/** The answer to a request with the given first line and headers, and with the body of an event unless it is a read. */
function answerTo(line: string, ...headers: readonly string[]): Promise<string> {
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const host = headers.some((header) => /^host:/i.test(header)) ? [] : [`Host: 127.0.0.1:${port}`]
  const sent = line.startsWith('POST') ? body : ''
  const length = `Content-Length: ${sent.length}`
  socket.end(`${[`${line} HTTP/1.1`, 'Connection: close', length, ...host, ...headers].join('\r\n')}\r\n\r\n${sent}`)
  return text(socket)
}

const lineage = 'POST /api/v1/lineage'
const alias = '/api/v1/aliases?key=s3://lake/a&alias=s3://lake/b'

describe('a page of another site', () => {
  it.each([
    [
      'fetch without CORS',
      lineage,
      'Content-Type: text/plain',
      'Origin: https://evil.example',
      'Sec-Fetch-Site: cross-site',
    ],
    ['a form', lineage, 'Content-Type: application/x-www-form-urlencoded', 'Origin: https://evil.example'],
    ['a form with files', lineage, 'Content-Type: multipart/form-data; boundary=x', 'Origin: https://evil.example'],
    ['sendBeacon without a type', lineage, 'Origin: https://evil.example'],
    ['a sandboxed frame', lineage, 'Content-Type: text/plain', 'Origin: null'],
    ['a file on this machine', 'POST /api/v1/events', 'Content-Type: text/plain', 'Origin: null'],
    ['another program on this machine', lineage, 'Origin: http://127.0.0.1:3000', 'Sec-Fetch-Site: same-site'],
    ['a form of an old browser', lineage, 'Content-Type: text/plain', 'Referer: https://evil.example/page'],
    ['two origins', lineage, 'Origin: http://localhost:5173', 'Origin: https://evil.example'],
    ['a rebound name', lineage, 'Host: evil.example'],
    ['a rebound name with its own origin', lineage, 'Host: evil.example:8090', 'Origin: http://evil.example:8090'],
    ['two names', lineage, 'Host: localhost', 'Host: evil.example'],
    ['a WebSocket', 'GET /', 'Upgrade: websocket', 'Connection: Upgrade', 'Origin: https://evil.example'],
    ['0.0.0.0', lineage, 'Host: 0.0.0.0:8090', 'Origin: https://evil.example'],
    ['a prefix of the path', 'POST //x/api/v1/lineage/', 'Origin: https://evil.example'],
    ['an alias', 'POST /api/v1/aliases', 'Content-Type: text/plain', 'Origin: https://evil.example'],
    ['the removal of an alias', `DELETE ${alias}`, 'Origin: https://evil.example'],
    ['a preflight', `OPTIONS ${alias}`, 'Origin: https://evil.example', 'Access-Control-Request-Method: DELETE'],
    ['metrics', 'GET /metrics', 'Host: evil.example'],
    ['a path that cannot be decoded', 'POST /%zz', 'Origin: https://evil.example'],
  ])('gets 403 for %s, and nothing is stored', async (_, line, ...headers) => {
    const answer = await answerTo(line, ...headers)
    expect(answer).toMatch(/^HTTP\/1.1 403 (.|\s)*"code":"(HOST|ORIGIN)_NOT_ALLOWED"/)
    expect(answer).toMatch(/\r\nx-content-type-options: nosniff\r\n/i)
    expect(log.events).toEqual([])
  })
})

it('a page of a configured origin may ask and send', async () => {
  const preflight = [
    'Access-Control-Request-Method: POST',
    'Access-Control-Request-Headers: content-type,authorization',
  ]
  const allowed = await answerTo(
    'OPTIONS /api/v1/lineage',
    `Origin: ${dashboard}`,
    'Sec-Fetch-Site: same-site',
    ...preflight,
  )
  expect(allowed).toMatch(/^HTTP\/1.1 204 /)
  expect(allowed).toMatch(/\r\naccess-control-allow-origin: http:\/\/localhost:5173\r\n/i)
  const stored = await answerTo(
    lineage,
    'Content-Type: application/json',
    `Origin: ${dashboard}`,
    'Sec-Fetch-Site: same-site',
  )
  expect(stored).toMatch(/^HTTP\/1.1 201 /)
  expect(stored).toMatch(/\r\naccess-control-expose-headers: Headwater-Position/i)
})

it.each(['CONNECT localhost:80', 'FOO /api/v1/lineage', 'TRACE /api/v1/lineage', 'PROPFIND /metrics'])(
  '%s is answered with 405, Allow and the headers of every answer',
  async (line) => {
    const answer = await answerTo(line)
    expect(answer).toMatch(/^HTTP\/1.1 405 /)
    expect(answer).toMatch(/\r\nallow: [A-Z, ]+\r\n/)
    expect(answer).toMatch(/\r\nx-content-type-options: nosniff\r\n/)
  },
)
