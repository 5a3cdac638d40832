import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { connectApi } from '../src/headwater-api.ts'

async function served(listener: RequestListener, use: (url: string) => Promise<void>): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    await use(url)
  } finally {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
  return url
}

test('an API that does not answer is named with its address and how to start it', async () => {
  const url = await served(
    () => undefined,
    async () => undefined,
  )
  await expect(connectApi(url).requireReadable()).rejects.toThrow(
    `does not answer at ${url}; start it with "npm start"`,
  )
})

test('a run is visible once its end is', async () => {
  const answers = [404, { endedAt: null }, { endedAt: '2026-01-01T00:00:00.000Z' }]
  await served(
    (_, response) => {
      const next = answers.shift()
      if (typeof next === 'number') response.statusCode = next
      response.end(JSON.stringify({ runs: [next] }))
    },
    (url) => connectApi(url).waitForRuns(['a']),
  )
  expect(answers).toEqual([])
})

test('after the deadline the error counts the missing runs', async () => {
  await served(
    (_, response) => response.writeHead(404).end(),
    (url) =>
      expect(connectApi(url).waitForRuns(['a', 'b'], 0)).rejects.toThrow(
        '2 runs were delivered but are not yet visible',
      ),
  )
})

const refusing =
  (code: string, status: number): RequestListener =>
  ({ url }, response) =>
    url === '/livez' ? response.end() : response.writeHead(status).end(JSON.stringify({ code, detail: 'Not so' }))

test.each([
  ['UNAUTHENTICATED', 401, '', 'A key is missing: '],
  ['UNAUTHENTICATED', 401, 'hw_old', 'refuses the key in HEADWATER_API_KEY: Not so (UNAUTHENTICATED)'],
  ['FORBIDDEN', 403, 'hw_sender', 'a key with the scope read'],
  ['HOST_NOT_ALLOWED', 403, '', 'answers 403 at'],
  ['STORE_UNAVAILABLE', 503, '', 'Not so (STORE_UNAVAILABLE)'],
])('%s (%i) with the key "%s" is reported as what it is, before the demo works', async (code, status, key, words) => {
  await served(refusing(code, status), (url) => expect(connectApi(url, key).requireReadable()).rejects.toThrow(words))
})
