import { jwtVerify } from 'jose'
import { expect, it, onTestFinished } from 'vitest'
import { createSigningKeys, type SigningKeysOptions } from '../../src/tokens/signing-keys.ts'
import { identityProvider, type SigningKey, signingKey } from './identity-provider.ts'

const [first, second] = await Promise.all([signingKey('first'), signingKey('second')])

async function providerOf(options: Partial<SigningKeysOptions>, ...keys: readonly SigningKey[]) {
  const provider = await identityProvider(...keys)
  onTestFinished(() => provider.close().catch(() => undefined))
  const warnings: string[] = []
  const { keyOf, warmUp } = createSigningKeys(provider.url, { warn: (line) => void warnings.push(line), ...options })
  const verify = async ({ sign }: SigningKey) => (await jwtVerify(await sign(), keyOf)).payload.sub
  return { provider, warnings, verify, warmUp }
}

it('asks once for all tokens', async () => {
  const { provider, verify } = await providerOf({}, first)
  await Promise.all([verify(first), verify(first), verify(first)])
  expect(await verify(first)).toBe('ada')
  expect(provider.requests()).toBe(1)
})

it('knows the keys before the first token when warmed up', async () => {
  const { provider, verify, warmUp } = await providerOf({}, first)
  await warmUp()
  await provider.close()
  expect(await verify(first)).toBe('ada')
})

it('asks for a key that is not among them, once in a while', async () => {
  const { provider, verify } = await providerOf({ cooldownMs: 60_000 }, first)
  await verify(first)
  provider.publish(first, second)
  await expect(verify(second)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
  expect(provider.requests()).toBe(1)
})

it('accepts the tokens of a key that was added, and no longer those of one that was taken away', async () => {
  const { provider, verify } = await providerOf({ cooldownMs: 0 }, first)
  await verify(first)
  provider.publish(second)
  expect(await verify(second)).toBe('ada')
  await expect(verify(first)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
})

it('asks anew for keys that are old, so that one that was taken away is refused', async () => {
  const { provider, verify } = await providerOf({ maxAgeMs: 0 }, first)
  await verify(first)
  provider.publish(second)
  await expect(verify(first)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
})

it('says that it cannot tell while the provider has never answered, and asks it rarely', async () => {
  const { provider, verify, warnings } = await providerOf({ pauseMs: 60_000 })
  provider.fail()
  for (let time = 0; time < 3; time += 1) {
    await expect(verify(first)).rejects.toMatchObject({ reason: 'signing_keys_away', status: 503, retryable: true })
  }
  expect(provider.requests()).toBe(1)
  expect(warnings).toEqual([expect.stringMatching(/^AUTH_JWKS_URL gives no keys: /)])
})

it.each([
  ['answers with an error', (provider: Awaited<ReturnType<typeof identityProvider>>) => provider.fail()],
  ['answers with something else', (provider: Awaited<ReturnType<typeof identityProvider>>) => provider.fail(200, '{}')],
  ['answers with no JSON', (provider: Awaited<ReturnType<typeof identityProvider>>) => provider.fail(200, '<html>')],
  ['is away', (provider: Awaited<ReturnType<typeof identityProvider>>) => provider.close()],
])('while the provider %s, known keys stay good and others cannot be judged', async (_, end) => {
  const { provider, verify, warnings } = await providerOf({ maxAgeMs: 0, cooldownMs: 0, pauseMs: 0 }, first)
  await verify(first)
  await end(provider)
  expect(await verify(first)).toBe('ada')
  await expect(verify(second)).rejects.toMatchObject({ reason: 'signing_keys_away' })
  expect(warnings).toHaveLength(1)
})

it('does not keep keys for ever while the provider is away', async () => {
  const { provider, verify } = await providerOf({ maxAgeMs: 0, keepMs: 0, pauseMs: 0 }, first)
  await verify(first)
  provider.fail()
  await expect(verify(first)).rejects.toMatchObject({ reason: 'signing_keys_away' })
})

it('goes on when the provider is back, and says so', async () => {
  const { provider, verify, warnings } = await providerOf({ pauseMs: 0 })
  provider.fail()
  await expect(verify(first)).rejects.toMatchObject({ reason: 'signing_keys_away' })
  provider.publish(first)
  expect(await verify(first)).toBe('ada')
  expect(warnings.at(-1)).toBe('AUTH_JWKS_URL gives keys again')
})
