import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { programsOnly, refusalOf } from '@headwater/http/guard'
import { EngineError } from './engine-error.ts'

export type Credentials = { readonly user: string; readonly password: string }

const methods: readonly (string | undefined)[] = ['GET', 'HEAD', 'POST']

/**
 * Refuses what no client of ClickHouse sends: requests from web pages, whatever they know, other methods, and targets of a proxy.
 * @throws EngineError
 */
export function checkOrigin(request: IncomingMessage, allowedHosts: readonly string[]): void {
  const refusal = refusalOf(request, programsOnly(allowedHosts))
  if (refusal !== undefined)
    throw new EngineError(`Code: 497. DB::Exception: ${refusal.detail} (${refusal.code}). (ACCESS_DENIED)`)
  if (!methods.includes(request.method) || !request.url?.startsWith('/'))
    throw new EngineError(
      `Code: 48. DB::Exception: ${request.method} of this target is not supported. (NOT_IMPLEMENTED)`,
    )
}

/**
 * Accepts whoever knows the password, in any way ClickHouse takes it: Basic, X-ClickHouse-User and -Key, user and password in the
 * URL.
 * @throws EngineError
 */
export function checkLogin(request: IncomingMessage, url: URL, expected: Credentials): void {
  const given = credentialsOf(request, url)
  if (same(given.user, expected.user) && same(given.password, expected.password)) return
  throw new EngineError(
    `Code: 516. DB::Exception: ${given.user}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)`,
  )
}

function credentialsOf(request: IncomingMessage, url: URL): Credentials {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (basic !== undefined) {
    const text = Buffer.from(basic, 'base64').toString()
    const colon = text.indexOf(':')
    return { user: text.slice(0, colon), password: text.slice(colon + 1) }
  }
  const header = (name: string) => request.headers[name]?.toString()
  return {
    user: header('x-clickhouse-user') ?? url.searchParams.get('user') ?? 'default',
    password: header('x-clickhouse-key') ?? url.searchParams.get('password') ?? '',
  }
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
