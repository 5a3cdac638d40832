import { type Access, openAccess } from './access.ts'
import { AccessError } from './access-error.ts'
import { looksLikeApiKey } from './keys/api-key.ts'
import { createKeyVerifier } from './keys/key-verifier.ts'
import { watchKeysFile } from './keys/watch-keys-file.ts'
import type { AccessPolicy } from './policy/access-policy.ts'
import type { Principal } from './principal.ts'
import { createSigningKeys } from './tokens/signing-keys.ts'
import type { TokenSource } from './tokens/token-source.ts'
import { createTokenVerifier } from './tokens/token-verifier.ts'

export type CreateAccessOptions = {
  /** Receives lines for the log: warnings of the policy, an invalid keys file, an unavailable identity provider. */
  readonly warn: (line: string) => void
  /** Epoch milliseconds. */
  readonly now?: () => number
}

type Verify = (credential: string) => Principal | Promise<Principal>

/** Reads the API keys and follows changes until `close`. @throws KeysFileError */
export async function createAccess(
  policy: AccessPolicy,
  { warn, now = Date.now }: CreateAccessOptions,
): Promise<Access> {
  for (const warning of policy.warnings) warn(warning)
  if (policy.kind === 'open') return openAccess
  const keys = policy.keysFile === undefined ? undefined : await watchKeysFile(policy.keysFile, { warn })
  const verifyKey = keys === undefined ? noKeys : createKeyVerifier({ find: keys.find, now })
  const verifyToken = policy.tokens === undefined ? noTokens : tokenVerifier(policy.tokens, { warn, now })
  return {
    kind: 'guarded',
    anonymousRead: policy.anonymousRead,
    verify: (credential) => (looksLikeApiKey(credential) ? verifyKey(credential) : verifyToken(credential)),
    close: () => keys?.close(),
  }
}

function tokenVerifier(source: TokenSource, { warn, now }: Required<CreateAccessOptions>): Verify {
  const { keyOf, warmUp } = createSigningKeys(source.jwksUrl, { warn })
  void warmUp()
  const verify = createTokenVerifier({ source, keyOf, now })
  return (credential) => {
    if (tokenShape.test(credential)) return verify(credential)
    throw new AccessError('malformed', 'The credential is neither an API key (hw_<id>_<secret>) nor a JWT')
  }
}

const tokenShape = /^[\w-]+\.[\w-]+\.[\w-]*$/

const noKeys: Verify = () => {
  throw new AccessError('unknown_key', 'This service accepts tokens of the identity provider only, no API keys')
}

const noTokens: Verify = () => {
  throw new AccessError('malformed', 'The credential is not an API key (hw_<id>_<secret>)')
}
