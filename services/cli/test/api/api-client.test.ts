import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createApiClient } from '../../src/api/api-client.ts'
import { stubServer } from '../stub-server.ts'

const refusal = { status: 401, body: { code: 'UNAUTHENTICATED', detail: 'This API key is not known here' } }

it('sends the key, and says that the key was refused', async () => {
  const { baseUrl, requests } = await stubServer(refusal)
  await expect(createApiClient({ baseUrl, apiKey: 'hw_one' }).assets({})).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/^This API key is not known here \(UNAUTHENTICATED\)\. .*HEADWATER_API_KEY/),
  })
  expect(requests).toMatchObject([{ authorization: 'Bearer hw_one' }])
})

it('sends nothing without a key, and says which key is needed', async () => {
  const { baseUrl, requests } = await stubServer(refusal)
  await expect(createApiClient({ baseUrl, apiKey: undefined }).assets({})).rejects.toThrow(
    'A key is missing: set HEADWATER_API_KEY to a key with the scope read',
  )
  expect(requests).toMatchObject([{ authorization: undefined }])
})

it('stops reading an answer that does not end', async () => {
  const server = createServer((_, response) => {
    const chunk = Buffer.alloc(1 << 20, '[')
    const write = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', write)
    }
    write()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(createApiClient({ baseUrl, apiKey: undefined }).assets({})).rejects.toMatchObject({
    code: 'NOT_REACHABLE',
    message: expect.stringContaining('the answer has more than 268435456 bytes'),
  })
  server.closeAllConnections()
  server.close()
})
