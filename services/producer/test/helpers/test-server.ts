import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'

export type Received = {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
  readonly bytes: number
}

/** Answers one request; `attempt` counts from 1. */
export type Answer = (response: ServerResponse, request: Received, attempt: number) => void

/** A server for one test that records its requests. It can stop and start again on the same port. */
export async function testServer(answer: Answer) {
  const requests: Received[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const received = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(text) as unknown,
        bytes: text.length,
      }
      requests.push(received)
      answer(response, received, requests.length)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  onTestFinished(stop)
  return { url: `http://127.0.0.1:${port}`, requests, sockets, stop, start: () => listen(port) }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const producer: Buffer[] = []
  for await (const part of request) producer.push(part as Buffer)
  const whole = Buffer.concat(producer)
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole).toString()
}

/** Sends a response with a status and, where given, a JSON body. */
export function answered(
  response: ServerResponse,
  status: number,
  body?: object,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body === undefined ? '' : JSON.stringify(body))
}
