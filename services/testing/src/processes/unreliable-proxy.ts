import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of a request. refuse: 503, not passed on; cutBefore: not passed on; cutAfter: passed on, the answer lost. */
export type Fate = 'pass' | 'refuse' | 'cutBefore' | 'cutAfter'

export type UnreliableProxy = {
  readonly url: string
  /** How many requests met each fate. */
  readonly counts: Readonly<Record<Fate, number>>
  close(): Promise<void>
}

/** A proxy on loopback that lets the n-th request (from 0) meet the fate that `fateOf` tells. */
export async function startUnreliableProxy(target: string, fateOf: (index: number) => Fate): Promise<UnreliableProxy> {
  const counts = { pass: 0, refuse: 0, cutBefore: 0, cutAfter: 0 }
  let index = 0
  const server = createServer((request, response) => {
    const fate = fateOf(index++)
    counts[fate] += 1
    if (fate === 'cutBefore') request.socket.destroy()
    else if (fate === 'refuse') {
      request.resume().once('end', () => response.writeHead(503, { 'retry-after': '0', 'content-length': '0' }).end())
    } else passOn(request, response, target, fate)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function passOn(request: IncomingMessage, response: ServerResponse, target: string, fate: Fate): void {
  const { method, url = '/', headers } = request
  const upstream = sendRequest(new URL(url, target), { method, headers }, (answer) => {
    if (fate === 'cutAfter') {
      answer.resume()
      request.socket.destroy()
      return
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  upstream.once('error', () => request.socket.destroy())
  request.pipe(upstream)
}
