import { type IncomingHttpHeaders, type IncomingMessage, request as sendRequest } from 'node:http'
import { buffer } from 'node:stream/consumers'

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/** Sends a proxy's request on to its target, and resolves to the whole answer. */
export function passOn({ method, url = '/', headers }: IncomingMessage, body: Buffer, target: string): Promise<Answer> {
  const { 'transfer-encoding': _, ...passed } = headers
  return new Promise((resolve, reject) => {
    const upstream = sendRequest(new URL(url, target), {
      method,
      headers: { ...passed, 'content-length': body.length },
    })
    upstream.once('error', reject)
    upstream.once('response', (answer) => {
      const { statusCode: status = 502, headers } = answer
      buffer(answer).then((body) => resolve({ status, headers, body }), reject)
    })
    upstream.end(body)
  })
}
