import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener, request, type Server } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { createGuardedProxy } from '../../src/guard/index.ts'

const rules = { allowedHosts: [], acceptsAddresses: false, corsOrigins: [], acceptsLinks: false }

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as { port: number }).port
}

type Seen = {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

async function proxied(answer: RequestListener = (_, response) => response.end('ok')) {
  const seen: Seen[] = []
  const target = createServer(async (incoming, response) => {
    const { method, url, headers } = incoming
    seen.push({ method, url, headers, body: await text(incoming) })
    answer(incoming, response)
  })
  const targetPort = await listen(target)
  const proxy = createGuardedProxy({ target: `http://127.0.0.1:${targetPort}`, rules, authorization: 'Bearer inner' })
  return { seen, port: await listen(proxy), target }
}

async function send(
  port: number,
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
) {
  const outgoing = request({ port, host: '127.0.0.1', ...options }).end(options.body)
  const [answer] = await once(outgoing, 'response')
  return {
    status: answer.statusCode as number,
    headers: answer.headers as IncomingHttpHeaders,
    body: await text(answer),
  }
}

it('passes method, path, body and headers on, with the authorization of the target', async () => {
  const { seen, port } = await proxied((_, response) => {
    response.writeHead(201, { 'content-type': 'text/x', 'access-control-allow-origin': '*', etag: 'a' }).end('made')
  })
  const sent = { method: 'POST', path: '/a%20b?c=d', headers: { authorization: 'Basic x', 'x-y': 'z' }, body: 'hello' }
  expect(await send(port, sent)).toMatchObject({
    status: 201,
    body: 'made',
    headers: { etag: 'a', 'content-type': 'text/x' },
  })
  expect(seen).toMatchObject([
    { method: 'POST', url: '/a%20b?c=d', body: 'hello', headers: { authorization: 'Bearer inner', 'x-y': 'z' } },
  ])
})

it('lets no page of another site read an answer', async () => {
  const { port } = await proxied((_, response) => response.writeHead(200, { 'access-control-allow-origin': '*' }).end())
  const { headers } = await send(port, {})
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' })
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

it.each([
  ['a rebound name', { headers: { host: 'evil.example' } }, 403],
  ['a form', { method: 'POST', headers: { origin: 'https://evil.example' } }, 403],
  ['a sandboxed page', { method: 'DELETE', headers: { origin: 'null' } }, 403],
  ['an image', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  [
    'a link',
    { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } },
    403,
  ],
  ['TRACE', { method: 'TRACE' }, 405],
  ['OPTIONS', { method: 'OPTIONS' }, 405],
  ['a request for a proxy', { path: 'http://evil.example/' }, 400],
])('passes nothing on of %s', async (_, options, status) => {
  const { seen, port } = await proxied()
  expect(await send(port, options)).toMatchObject({ status })
  expect(seen).toEqual([])
})

it('upgrades no connection and makes no tunnel', async () => {
  const { seen, port } = await proxied()
  for (const head of [
    'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  ]) {
    const socket = connect(port, '127.0.0.1')
    socket.end(head)
    expect(await text(socket)).not.toContain('101')
  }
  expect(seen.map(({ headers }) => headers.upgrade)).not.toContain('websocket')
})

it('refuses a request with two lengths, which two servers could read differently', async () => {
  const { seen, port } = await proxied()
  const socket = connect(port, '127.0.0.1')
  socket.end(
    'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
  )
  expect(await text(socket)).toContain('400')
  expect(seen).toEqual([])
})

it('answers 503 while the target is away, and goes on when it is back', async () => {
  const { port, target } = await proxied()
  const at = (target.address() as { port: number }).port
  target.closeAllConnections()
  target.close()
  await once(target, 'close')
  expect(await send(port, { method: 'POST', body: 'x' })).toMatchObject({
    status: 503,
    body: expect.stringContaining('503'),
  })
  target.listen(at, '127.0.0.1')
  await once(target, 'listening')
  expect(await send(port, {})).toMatchObject({ status: 200, body: 'ok' })
})
