import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createApiClient } from '../../src/api/api-client.ts'

/** An API that refuses, and keeps what it was sent. */
async function refusing(status: number) {
  const sent: (string | undefined)[] = []
  const server = createServer(({ headers }, response) => {
    sent.push(headers.authorization)
    response
      .writeHead(status)
      .end(JSON.stringify({ code: 'UNAUTHENTICATED', detail: 'This API key is not known here' }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { sent, ask: (apiKey: string | undefined) => createApiClient({ baseUrl, apiKey }).assets({}) }
}

it('sends the key, and says that the key was refused', async () => {
  const { sent, ask } = await refusing(401)
  await expect(ask('hw_one')).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/^This API key is not known here \(UNAUTHENTICATED\)\. .*HEADWATER_API_KEY/),
  })
  expect(sent).toEqual(['Bearer hw_one'])
})

it('sends nothing without a key, and says which key is needed', async () => {
  const { sent, ask } = await refusing(401)
  await expect(ask(undefined)).rejects.toThrow('Set HEADWATER_API_KEY to a key with the scope read')
  expect(sent).toEqual([undefined])
})
