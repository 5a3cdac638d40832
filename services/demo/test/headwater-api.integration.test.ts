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
  await expect(connectApi(url).requireReachable()).rejects.toThrow(
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
