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

it('loads the keys once for concurrent tokens', async () => {
  const { provider, verify } = await providerOf({}, first)
  await Promise.all([verify(first), verify(first), verify(first)])
  expect(await verify(first)).toBe('ada')
  expect(provider.requests()).toBe(1)
})

it('has the keys before the first token after warmUp', async () => {
  const { provider, verify, warmUp } = await providerOf({}, first)
  await warmUp()
  await provider.close()
  expect(await verify(first)).toBe('ada')
})

it('does not reload for an unknown key within the cooldown', async () => {
  const { provider, verify } = await providerOf({ cooldownMs: 60_000 }, first)
  await verify(first)
  provider.publish(first, second)
  await expect(verify(second)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
  expect(provider.requests()).toBe(1)
})

it('accepts tokens of an added key and refuses those of a removed one', async () => {
  const { provider, verify } = await providerOf({ cooldownMs: 0 }, first)
  await verify(first)
  provider.publish(second)
  expect(await verify(second)).toBe('ada')
  await expect(verify(first)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
})

it('reloads old keys, so that a removed one is refused', async () => {
  const { provider, verify } = await providerOf({ maxAgeMs: 0 }, first)
  await verify(first)
  provider.publish(second)
  await expect(verify(first)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
})

it('answers 503 while the provider has never answered, and queries it once per pause', async () => {
  const { provider, verify, warnings } = await providerOf({ pauseMs: 60_000 })
  provider.fail()
  for (let time = 0; time < 3; time += 1) {
    await expect(verify(first)).rejects.toMatchObject({ reason: 'signing_keys_away', status: 503, retryable: true })
  }
  expect(provider.requests()).toBe(1)
  expect(warnings).toEqual([expect.stringMatching(/^Failed to load the signing keys from AUTH_JWKS_URL: /)])
})

it.each([
  ['answers with an error', (provider: Awaited<ReturnType<typeof identityProvider>>) => provider.fail()],
  ['answers with other JSON', (provider: Awaited<ReturnType<typeof identityProvider>>) => provider.fail(200, '{}')],
  ['answers with HTML', (provider: Awaited<ReturnType<typeof identityProvider>>) => provider.fail(200, '<html>')],
  ['is unreachable', (provider: Awaited<ReturnType<typeof identityProvider>>) => provider.close()],
])('while the provider %s, known keys stay valid and unknown ones give 503', async (_, end) => {
  const { provider, verify, warnings } = await providerOf({ maxAgeMs: 0, cooldownMs: 0, pauseMs: 0 }, first)
  await verify(first)
  await end(provider)
  expect(await verify(first)).toBe('ada')
  await expect(verify(second)).rejects.toMatchObject({ reason: 'signing_keys_away' })
  expect(warnings).toHaveLength(1)
})

it('drops keys after keepMs while the provider is unavailable', async () => {
  const { provider, verify } = await providerOf({ maxAgeMs: 0, keepMs: 0, pauseMs: 0 }, first)
  await verify(first)
  provider.fail()
  await expect(verify(first)).rejects.toMatchObject({ reason: 'signing_keys_away' })
})

it('recovers with the provider, and logs it', async () => {
  const { provider, verify, warnings } = await providerOf({ pauseMs: 0 })
  provider.fail()
  await expect(verify(first)).rejects.toMatchObject({ reason: 'signing_keys_away' })
  provider.publish(first)
  expect(await verify(first)).toBe('ada')
  expect(warnings.at(-1)).toBe('Loading the signing keys from AUTH_JWKS_URL works again')
})
