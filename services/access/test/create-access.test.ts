import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createAccess } from '../src/create-access.ts'
import { changeKeysFile } from '../src/keys/change-keys-file.ts'
import { issueKey } from '../src/keys/issue-key.ts'
import type { AccessPolicy } from '../src/policy/access-policy.ts'
import { randomKey } from './keys/random-key.ts'
import { audience, identityProvider, issuer, signingKey } from './tokens/identity-provider.ts'

type Guarded = Extract<AccessPolicy, { kind: 'guarded' }>

let folder: string
let keysFile: string
let key: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-access-'))
  keysFile = join(folder, 'keys.json')
  const issued = await changeKeysFile(keysFile, (keys) =>
    issueKey(keys, { name: 'one', scopes: ['read'], lifetimeMs: undefined, now: Date.now(), random: randomKey() }),
  )
  key = issued.key.text
})
afterAll(() => rm(folder, { recursive: true }))

async function guarded(policy: Partial<Guarded>) {
  const warnings: string[] = []
  const access = await createAccess(
    { kind: 'guarded', keysFile: undefined, tokens: undefined, anonymousRead: false, warnings: [], ...policy },
    { warn: (line) => void warnings.push(line) },
  )
  if (access.kind !== 'guarded') throw new Error('access is open')
  onTestFinished(access.close)
  return { warnings, verify: async (credential: string) => access.verify(credential) }
}

describe('access', () => {
  it('accepts keys and tokens if both are configured', async () => {
    const signing = await signingKey('one')
    const provider = await identityProvider(signing)
    onTestFinished(provider.close)
    const { verify } = await guarded({
      keysFile,
      tokens: { jwksUrl: provider.url, issuer, audience, scopeClaim: 'scope' },
    })
    expect(await verify(key)).toMatchObject({ kind: 'key', name: 'one' })
    expect(await verify(await signing.sign())).toMatchObject({ kind: 'token', scopes: ['ingest'] })
    await expect(verify('secret')).rejects.toMatchObject({ reason: 'malformed' })
  })

  it('still accepts keys while the identity provider is unavailable', async () => {
    const provider = await identityProvider()
    await provider.close()
    const { verify } = await guarded({
      keysFile,
      tokens: { jwksUrl: provider.url, issuer, audience, scopeClaim: 'scope' },
    })
    expect(await verify(key)).toMatchObject({ kind: 'key' })
    await expect(verify(await (await signingKey('one')).sign())).rejects.toMatchObject({ status: 503 })
  })

  it('accepts only the kind of credential that is configured', async () => {
    const provider = await identityProvider(await signingKey('one'))
    onTestFinished(provider.close)
    const tokens = { jwksUrl: provider.url, issuer, audience, scopeClaim: 'scope' }
    await expect((await guarded({ tokens })).verify(key)).rejects.toMatchObject({ reason: 'unknown_key' })
    const token = await (await signingKey('one')).sign()
    await expect((await guarded({ keysFile })).verify(token)).rejects.toMatchObject({ reason: 'malformed' })
  })

  it('logs the warnings of the policy, and is open if the policy is', async () => {
    const warnings: string[] = []
    const access = await createAccess(
      { kind: 'open', warnings: ['careful'] },
      { warn: (line) => void warnings.push(line) },
    )
    expect(access).toEqual({ kind: 'open' })
    expect(warnings).toEqual(['careful'])
  })

  it('fails without the keys file', async () => {
    await expect(guarded({ keysFile: join(folder, 'none.json') })).rejects.toMatchObject({ code: 'KEYS_FILE_UNUSABLE' })
  })
})
