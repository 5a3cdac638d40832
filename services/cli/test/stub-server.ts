import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A server that gives one answer to every request, and keeps the requests. It closes when the test ends. */
export async function stubServer({ status, headers = {}, body }: Answer) {
  const requests: { method: string; url: URL; body: string; authorization: string | undefined }[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers: sent } = request
    requests.push({
      ...{ method, url: new URL(url, baseUrl), body: await text(request), authorization: sent.authorization },
    })
    response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { baseUrl, requests }
}
