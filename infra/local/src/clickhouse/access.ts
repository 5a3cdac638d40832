import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { EngineError } from './engine-error.ts'

export type Credentials = { readonly user: string; readonly password: string }

/**
 * Lets in whoever knows the password, by any way ClickHouse takes it: Basic, X-ClickHouse-User and -Key, user and password
 * in the URL. Without a password all are let in but pages of other sites, which could reach a loopback address through the
 * user's browser.
 * @throws EngineError
 */
export function checkAccess(request: IncomingMessage, url: URL, expected: Credentials): void {
  if (expected.password === '') {
    if (isOtherSite(request))
      throw new EngineError('Code: 497. DB::Exception: Not for pages of other sites. (ACCESS_DENIED)')
    return
  }
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

function isOtherSite({ headers }: IncomingMessage): boolean {
  const { origin } = headers
  if (origin === undefined) return false
  return !/^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(origin)
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
