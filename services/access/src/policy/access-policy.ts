import { isLoopback } from '@headwater/http/guard'
import type { TokenSource } from '../tokens/token-source.ts'
import type { AccessConfig } from './access-variables.ts'

/** How a service is to authenticate requests. */
export type AccessPolicy =
  | {
      readonly kind: 'guarded'
      readonly keysFile: string | undefined
      readonly tokens: TokenSource | undefined
      readonly anonymousRead: boolean
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'open'; readonly warnings: readonly string[] }

/** The configuration is contradictory or unsafe: the service must not start. */
export type RefusedPolicy = { readonly kind: 'refused'; readonly problems: readonly string[] }

/** The policy of a service that listens on `host`. */
export function accessPolicy(config: AccessConfig, host: string): AccessPolicy | RefusedPolicy {
  const problems = [...tokenProblems(config), ...contradictions(config)]
  if (problems.length > 0) return { kind: 'refused', problems }
  if (config.AUTH === 'off') return { kind: 'open', warnings: [offWarning(host)] }
  const keysFile = config.HEADWATER_KEYS_FILE === '' ? undefined : config.HEADWATER_KEYS_FILE
  const tokens = tokenSourceOf(config)
  if (keysFile !== undefined || tokens !== undefined) {
    const warnings = tokens === undefined || isSafeToFetch(tokens.jwksUrl) ? [] : [plainHttpWarning]
    return { kind: 'guarded', keysFile, tokens, anonymousRead: config.AUTH_ANONYMOUS_READ, warnings }
  }
  return isLoopback(host) ? { kind: 'open', warnings: [] } : { kind: 'refused', problems: [unsafeHost(host)] }
}

const unsafeHost = (host: string) =>
  `${host} is reachable from other machines and no authentication is configured: set HEADWATER_KEYS_FILE or AUTH_JWKS_URL, listen on 127.0.0.1, or set AUTH=off`

const plainHttpWarning = 'AUTH_JWKS_URL is not https: anyone on the network path can replace the signing keys'

const offWarning = (host: string) =>
  `AUTH=off: no authentication; ${isLoopback(host) ? 'everyone on this machine' : `everyone who can reach ${host}`} has full access`

function contradictions(config: AccessConfig): readonly string[] {
  const set = (['HEADWATER_KEYS_FILE', 'AUTH_JWKS_URL'] as const).filter((name) => config[name] !== '')
  if (config.AUTH === 'on' && set.length === 0) return ['AUTH=on needs HEADWATER_KEYS_FILE or AUTH_JWKS_URL']
  if (config.AUTH === 'off' && set.length > 0) {
    return [`AUTH=off contradicts ${set.join(' and ')}: unset one or the other`]
  }
  return []
}

function tokenProblems(config: AccessConfig): readonly string[] {
  const url = config.AUTH_JWKS_URL
  const names = ['AUTH_ISSUER', 'AUTH_AUDIENCE'] as const
  if (url === '') {
    const alone = names.find((name) => config[name] !== '')
    return alone === undefined ? [] : [`AUTH_JWKS_URL must be set if ${alone} is`]
  }
  return [
    ...urlProblems(url),
    ...names.filter((name) => config[name] === '').map((name) => `${name} must be set if AUTH_JWKS_URL is`),
  ]
}

function urlProblems(url: string): readonly string[] {
  if (!URL.canParse(url)) return ['AUTH_JWKS_URL must be a URL']
  const { username, password } = new URL(url)
  return username === '' && password === '' ? [] : ['AUTH_JWKS_URL must not contain a user or password']
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
