import type { TokenSource } from '../tokens/token-source.ts'
import type { AccessConfig } from './access-variables.ts'
import { isLoopback } from './is-loopback.ts'

/** Whom a service lets in. */
export type AccessPolicy =
  | {
      readonly kind: 'guarded'
      readonly keysFile: string | undefined
      readonly tokens: TokenSource | undefined
      readonly anonymousRead: boolean
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'open'; readonly warnings: readonly string[] }

/** Why a service must not start. */
export type RefusedPolicy = { readonly kind: 'refused'; readonly problems: readonly string[] }

/** What the configuration says of access to a service that binds `host`. */
export function accessPolicy(config: AccessConfig, host: string): AccessPolicy | RefusedPolicy {
  const problems = [...tokenProblems(config), ...contradictions(config)]
  if (problems.length > 0) return { kind: 'refused', problems }
  if (config.AUTH === 'off') return { kind: 'open', warnings: [offWarning(host)] }
  const keysFile = config.HEADWATER_KEYS_FILE === '' ? undefined : config.HEADWATER_KEYS_FILE
  const tokens = tokenSourceOf(config)
  if (keysFile !== undefined || tokens !== undefined) {
    const warnings = tokens === undefined || isSafeToFetch(tokens.jwksUrl) ? [] : [plainWarning]
    return { kind: 'guarded', keysFile, tokens, anonymousRead: config.AUTH_ANONYMOUS_READ, warnings }
  }
  return isLoopback(host) ? { kind: 'open', warnings: [] } : { kind: 'refused', problems: [reachable(host)] }
}

const reachable = (host: string) =>
  `${host} is not an address of this machine alone, and nobody is asked who they are: set HEADWATER_KEYS_FILE or AUTH_JWKS_URL, bind 127.0.0.1, or set AUTH=off`

const plainWarning = 'AUTH_JWKS_URL is not https: whoever is on the way can let anybody in'

const offWarning = (host: string) =>
  `AUTH=off: ${isLoopback(host) ? 'everybody on this machine' : `everybody who reaches ${host}`} has access`

function contradictions(config: AccessConfig): readonly string[] {
  const set = (['HEADWATER_KEYS_FILE', 'AUTH_JWKS_URL'] as const).filter((name) => config[name] !== '')
  if (config.AUTH === 'on' && set.length === 0) return ['AUTH is on: set HEADWATER_KEYS_FILE or AUTH_JWKS_URL']
  if (config.AUTH === 'off' && set.length > 0) {
    return [`AUTH is off, yet ${set.join(' and ')} would have callers asked: unset one or the other`]
  }
  return []
}

function tokenProblems(config: AccessConfig): readonly string[] {
  const url = config.AUTH_JWKS_URL
  const names = ['AUTH_ISSUER', 'AUTH_AUDIENCE'] as const
  if (url === '') {
    const alone = names.find((name) => config[name] !== '')
    return alone === undefined ? [] : [`AUTH_JWKS_URL must be set where ${alone} is`]
  }
  return [
    ...urlProblems(url),
    ...names.filter((name) => config[name] === '').map((name) => `${name} must be set where AUTH_JWKS_URL is`),
  ]
}

function urlProblems(url: string): readonly string[] {
  if (!URL.canParse(url)) return ['AUTH_JWKS_URL must be a URL']
  const { username, password } = new URL(url)
  return username === '' && password === '' ? [] : ['AUTH_JWKS_URL must have no user and no password']
}

function tokenSourceOf(config: AccessConfig): TokenSource | undefined {
  if (config.AUTH_JWKS_URL === '') return undefined
  return {
    jwksUrl: new URL(config.AUTH_JWKS_URL),
    issuer: config.AUTH_ISSUER,
    audience: config.AUTH_AUDIENCE,
    scopeClaim: config.AUTH_SCOPE_CLAIM,
  }
}

const isSafeToFetch = ({ protocol, hostname }: URL) => protocol === 'https:' || isLoopback(hostname)
