import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { passOn } from './pass-on.ts'

/** The fate of a request. refuse: 503, not passed on; cutBefore: cut, not passed on; cutAfter: passed on, the answer is lost. */
export type Fate = 'pass' | 'refuse' | 'cutBefore' | 'cutAfter'

export type UnreliableProxy = {
  readonly url: string
  /** How many requests met each fate. */
  readonly counts: Readonly<Record<Fate, number>>
  /** Bodies, decompressed, of requests that the target answered with 2xx, whether or not the sender received that answer. */
  readonly acknowledged: ReadonlySet<string>
  close(): Promise<void>
}

/**
 * A proxy on loopback through which some requests fail. The fates of a body are fixed, whatever else is sent at the same time, so
 * that a test can stay within the retries of the client that it tests.
 * @param fatesOf fates of the n-th distinct body (from 0), one a try; every later try passes
 */
export async function startUnreliableProxy(
  target: string,
  fatesOf: (index: number) => readonly Fate[],
): Promise<UnreliableProxy> {
  const counts = { pass: 0, refuse: 0, cutBefore: 0, cutAfter: 0 }
  const acknowledged = new Set<string>()
  const left = new Map<string, Fate[]>()
  const nextFate = (body: string): Fate => {
    const fates = left.get(body) ?? [...fatesOf(left.size)]
    left.set(body, fates)
    return fates.shift() ?? 'pass'
  }
  const server = createServer(async (request, response) => {
    const sent = await buffer(request).catch(() => undefined)
    if (sent === undefined) return // the sender hung up
    const body = String(request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent)
    const fate = nextFate(body)
    counts[fate] += 1
    if (fate === 'cutBefore') request.socket.destroy()
    else if (fate === 'refuse') response.writeHead(503, { 'retry-after': '0', 'content-length': '0' }).end()
    else {
      const answer = await passOn(request, sent, target).catch(() => undefined)
      if (answer !== undefined && answer.status >= 200 && answer.status < 300) acknowledged.add(body)
      if (answer === undefined || fate === 'cutAfter') request.socket.destroy()
      else response.writeHead(answer.status, answer.headers).end(answer.body)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    acknowledged,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
