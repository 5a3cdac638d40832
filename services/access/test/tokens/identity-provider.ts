import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export const issuer = 'https://login.example.com'
export const audience = 'headwater'

export type SigningKey = Awaited<ReturnType<typeof signingKey>>

/** A signing key of an identity provider. */
export async function signingKey(kid: string, alg = 'ES256') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }
  const sign = (claims: Readonly<Record<string, unknown>> = {}) => {
    const usual = { iss: issuer, aud: audience, sub: 'ada', scope: 'ingest', exp: Math.floor(Date.now() / 1_000) + 300 }
    return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg, kid }).sign(privateKey)
  }
  return { jwk, publicKey, sign }
}

/** An identity provider that publishes keys, and can fail. */
export async function identityProvider(...published: readonly SigningKey[]) {
  let answer: { status: number; body: string } = { status: 200, body: '' }
  let requests = 0
  const server = createServer((_, response) => {
    requests += 1
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const publish = (...keys: readonly SigningKey[]) => {
    answer = { status: 200, body: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) }
  }
  publish(...published)
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`),
    requests: () => requests,
    publish,
    fail: (status = 500, body = 'no') => {
      answer = { status, body }
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
