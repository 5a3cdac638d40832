import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { AccessError } from '../access-error.ts'

// Holds: keys that the provider gave in the last `maxAgeMs` are used without asking it. Older ones are asked for first, and stay
// good for `keepMs` while it is away. While it fails, it is asked once in `pauseMs`, whatever arrives.

export type SigningKeysOptions = {
  readonly maxAgeMs?: number
  readonly keepMs?: number
  readonly pauseMs?: number
  /** How long after an answer a key that is not in it is not asked for. */
  readonly cooldownMs?: number
  /** Called when the provider begins to fail, and when it answers again. */
  readonly warn: (line: string) => void
}

export type SigningKeys = {
  readonly keyOf: JWTVerifyGetKey
  /** Asks the provider now, so that the first token need not wait. Never throws. */
  readonly warmUp: () => Promise<void>
}

/** The public keys of an identity provider. */
export function createSigningKeys(url: URL, options: SigningKeysOptions): SigningKeys {
  const { maxAgeMs = 600_000, keepMs = 86_400_000, pauseMs = 5_000, cooldownMs = 10_000, warn } = options
  let answeredAt = Number.NEGATIVE_INFINITY
  let failedAt = Number.NEGATIVE_INFINITY
  let isAway = false
  const isWithin = (ms: number, at: number) => performance.now() - at < ms
  const keys = createRemoteJWKSet(url, {
    cacheMaxAge: keepMs,
    cooldownDuration: Number.POSITIVE_INFINITY, // `keyOf` asks again for a key that is missing
    [customFetch]: async (href, request) => {
      if (isWithin(pauseMs, failedAt)) throw new Error('it failed a moment ago')
      return fetch(href, request)
    },
  })
  const failed = (error: unknown) => {
    if (isWithin(pauseMs, failedAt)) return
    failedAt = performance.now()
    if (!isAway) warn(`AUTH_JWKS_URL gives no keys: ${wordsOf(error)}`)
    isAway = true
  }
  const reload = async () => {
    await keys.reload()
    answeredAt = performance.now()
    if (isAway) warn('AUTH_JWKS_URL gives keys again')
    isAway = false
  }
  const lookUp = async (...[header, token]: Parameters<JWTVerifyGetKey>) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || isWithin(cooldownMs, answeredAt)) throw error
      await reload()
      return keys(header, token)
    }
  }
  return {
    warmUp: () => reload().catch(failed),
    async keyOf(header, token) {
      if (!isWithin(maxAgeMs, answeredAt)) {
        const refreshed = reload().catch(failed)
        if (!isAway) await refreshed
      }
      return lookUp(header, token).catch((error: unknown) => {
        if (isOfToken(error)) throw error
        failed(error)
        const detail = 'The keys of the identity provider cannot be read now; try again'
        throw new AccessError('signing_keys_away', detail, {}, error)
      })
    },
  }
}

const isOfToken = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported

function wordsOf(error: unknown): string {
  const { message, cause } = error as Error
  const code = (cause as { readonly code?: string } | undefined)?.code
  return code === undefined ? message : `${message} (${code})`
}
