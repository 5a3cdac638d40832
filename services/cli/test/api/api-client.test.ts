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
