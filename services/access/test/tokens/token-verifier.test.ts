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
  it('tells who it is of and what they may do', async () => {
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

  it('may come from a clock that differs by half a minute', async () => {
    expect(await verify(await key.sign({ exp: seconds - 25, nbf: seconds + 25 }))).toMatchObject({ subject: 'ada' })
  })

  it.each([
    ['has expired', { exp: seconds - 31 }, 'token_expired', new Date((seconds - 31) * 1_000).toISOString()],
    ['is not yet valid', { nbf: seconds + 40 }, 'token_not_yet_valid', new Date((seconds + 40) * 1_000).toISOString()],
    ['is for others', { aud: 'their-secret' }, 'wrong_audience', 'for the audience headwater'],
    ['is for nobody', { aud: [] }, 'wrong_audience', 'for the audience headwater'],
    ['is of others', { iss: 'https://their-secret' }, 'wrong_issuer', `issued by ${issuer}`],
    ['is of a longer name', { iss: `${issuer}/` }, 'wrong_issuer', `issued by ${issuer}`],
  ])('that %s is refused with what is expected', async (_, claims, reason, words) => {
    const error = await refusalOf(await key.sign(claims))
    expect(error).toMatchObject({ reason, status: 401, message: expect.stringContaining(words) })
    expect(error.message).not.toContain('their-secret')
  })

  it('without an end is refused', async () => {
    expect(await refusalOf(await key.sign({ exp: undefined }))).toMatchObject({
      reason: 'unverifiable_token',
      message: "The token's claim exp is missing or not what it must be",
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

  it('signed by another key of the same name is refused', async () => {
    const other = await signingKey('one')
    expect(await refusalOf(await other.sign(claims))).toMatchObject({ reason: 'unverifiable_token' })
  })

  it('with other claims under a good signature is refused', async () => {
    const [head, , signature] = (await key.sign()).split('.')
    const token = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    expect(await refusalOf(token)).toMatchObject({ reason: 'unverifiable_token' })
  })

  it.each(['a.b.c', '..', 'eyJhbGciOiJFUzI1NiJ9.bnVsbA.AAAA', 'eyJhbGciOiJFUzI1NiIsImNyaXQiOlsieCJdfQ.e30.AAAA'])(
    'as odd as %s is refused',
    async (token) => expect(await refusalOf(token)).toMatchObject({ status: 401 }),
  )
})
