import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTokenVerifier } from '../../src/tokens/token-verifier.ts'
import { audience, issuer, signingKey } from './identity-provider.ts'

const key = await signingKey('one')
const now = Date.now()
const seconds = Math.floor(now / 1_000)
const source = { jwksUrl: new URL('http://127.0.0.1/'), issuer, audience, scopeClaim: 'scope' }
const verify = createTokenVerifier({ source, keyOf: async () => key.publicKey, now: () => now })

async function refusalOf(token: string): Promise<Error & { readonly reason?: string }> {
  try {
    await verify(token)
  } catch (error) {
    expect(String(error)).not.toContain(token)
    return error as Error
  }
  throw new Error('it was accepted')
}

describe('a token', () => {
  it('gives its principal with its scopes', async () => {
    expect(await verify(await key.sign({ scope: 'read openid' }))).toEqual({
      kind: 'token',
      subject: 'ada',
      scopes: ['read'],
    })
    expect(await verify(await key.sign({ aud: ['other', audience] }))).toMatchObject({ scopes: ['ingest'] })
  })

  it.each(['RS256', 'PS256', 'ES384', 'EdDSA'])('may be signed with %s', async (alg) => {
    const other = await signingKey('other', alg)
    const verifyOther = createTokenVerifier({ source, keyOf: async () => other.publicKey, now: () => now })
    expect(await verifyOther(await other.sign())).toMatchObject({ subject: 'ada' })
  })

  it('may have times that are 25 seconds off', async () => {
    expect(await verify(await key.sign({ exp: seconds - 25, nbf: seconds + 25 }))).toMatchObject({ subject: 'ada' })
  })

  it.each([
    ['has expired', { exp: seconds - 31 }, 'token_expired', new Date((seconds - 31) * 1_000).toISOString()],
    ['is not yet valid', { nbf: seconds + 40 }, 'token_not_yet_valid', new Date((seconds + 40) * 1_000).toISOString()],
    ['has another audience', { aud: 'their-secret' }, 'wrong_audience', 'for the audience headwater'],
    ['has no audience', { aud: [] }, 'wrong_audience', 'for the audience headwater'],
    ['has another issuer', { iss: 'https://their-secret' }, 'wrong_issuer', `issued by ${issuer}`],
    ['has an issuer with a trailing slash', { iss: `${issuer}/` }, 'wrong_issuer', `issued by ${issuer}`],
  ])('that %s is refused with the expected value', async (_, claims, reason, words) => {
    const error = await refusalOf(await key.sign(claims))
    expect(error).toMatchObject({ reason, status: 401, message: expect.stringContaining(words) })
    expect(error.message).not.toContain('their-secret')
  })

  it('without exp is refused', async () => {
    expect(await refusalOf(await key.sign({ exp: undefined }))).toMatchObject({
      reason: 'unverifiable_token',
      message: 'The claim exp of the token is missing or invalid',
    })
  })
})

describe('a forged token', () => {
  const claims = { iss: issuer, aud: audience, sub: 'eve', scope: 'admin', exp: seconds + 60 }

  it('without a signature is refused', async () => {
    const token = new UnsecuredJWT(claims).encode()
    expect(await refusalOf(token)).toMatchObject({ reason: 'algorithm_not_allowed' })
  })

  it('signed with the public key as a shared secret is refused', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(key.publicKey))
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret)
    expect(await refusalOf(token)).toMatchObject({ reason: 'algorithm_not_allowed' })
  })

  it('signed by another key with the same id is refused', async () => {
    const other = await signingKey('one')
    expect(await refusalOf(await other.sign(claims))).toMatchObject({ reason: 'unverifiable_token' })
  })

  it('with changed claims under a valid signature is refused', async () => {
    const [head, , signature] = (await key.sign()).split('.')
    const token = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    expect(await refusalOf(token)).toMatchObject({ reason: 'unverifiable_token' })
  })

  it.each(['a.b.c', '..', 'eyJhbGciOiJFUzI1NiJ9.bnVsbA.AAAA', 'eyJhbGciOiJFUzI1NiIsImNyaXQiOlsieCJdfQ.e30.AAAA'])(
    'malformed like %s is refused',
    async (token) => expect(await refusalOf(token)).toMatchObject({ status: 401 }),
  )
})
