import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { AccessError } from '../access-error.ts'
import { fetchSigningKeys } from './fetch-signing-keys.ts'

// Holds: keys are cached for `maxAgeMs`, then reloaded; while the provider is unavailable they stay valid for `keepMs`. A failing
// provider is queried once per `pauseMs`, however many tokens arrive.

export type SigningKeysOptions = {
  readonly maxAgeMs?: number
  readonly keepMs?: number
  readonly pauseMs?: number
  /** How long after a reload an unknown key causes no other reload. */
  readonly cooldownMs?: number
  /** How long the provider may take for a complete answer. */
  readonly timeoutMs?: number
  /** Called when the provider starts to fail, and when it recovers. */
  readonly warn: (line: string) => void
}

export type SigningKeys = {
  readonly keyOf: JWTVerifyGetKey
  /** Loads the keys ahead of the first token. Never throws. */
  readonly warmUp: () => Promise<void>
}

/** Loads and caches the public keys of an identity provider. */
export function createSigningKeys(url: URL, options: SigningKeysOptions): SigningKeys {
  const {
    maxAgeMs = 600_000,
    keepMs = 86_400_000,
    pauseMs = 5_000,
    cooldownMs = 10_000,
    timeoutMs = 5_000,
    warn,
  } = options
  let answeredAt = Number.NEGATIVE_INFINITY
  let failedAt = Number.NEGATIVE_INFINITY
  let isUnavailable = false
  const isWithin = (ms: number, at: number) => performance.now() - at < ms
  const keys = createRemoteJWKSet(url, {
    cacheMaxAge: keepMs,
    timeoutDuration: timeoutMs,
    cooldownDuration: Number.POSITIVE_INFINITY, // `keyOf` reloads for an unknown key
    [customFetch]: async (href, request) => {
      if (isWithin(pauseMs, failedAt)) throw new Error('the previous attempt failed')
      return fetchSigningKeys(href, request)
    },
  })
  const failed = (error: unknown) => {
    if (isWithin(pauseMs, failedAt)) return
    failedAt = performance.now()
    if (!isUnavailable) warn(`Failed to load the signing keys from AUTH_JWKS_URL: ${reasonOf(error)}`)
    isUnavailable = true
  }
  const reload = async () => {
    await keys.reload()
    answeredAt = performance.now()
    if (isUnavailable) warn('Loading the signing keys from AUTH_JWKS_URL works again')
    isUnavailable = false
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
        if (!isUnavailable) await refreshed
      }
      return lookUp(header, token).catch((error: unknown) => {
        if (isTokenError(error)) throw error
        failed(error)
        const detail = 'The signing keys of the identity provider are unavailable; retry later'
        throw new AccessError('signing_keys_away', detail, {}, error)
      })
    },
  }
}

const isTokenError = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  const code = (cause as { readonly code?: string } | undefined)?.code
  return code === undefined ? message : `${message} (${code})`
}
