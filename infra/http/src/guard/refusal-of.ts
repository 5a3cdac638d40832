import type { IncomingHttpHeaders } from 'node:http'
import type { GuardRules } from './guard-rules.ts'
import { isAllowedHost } from './is-allowed-host.ts'

// Web pages can send requests to this machine: directly (`fetch`, forms, images), and under a name of their own that they let resolve
// to 127.0.0.1 (DNS rebinding). A server that authenticates nobody recognises the first by Origin and Sec-Fetch-Site, the second by Host.
// Sources: Fetch Metadata (W3C), RFC 6454, and https://web.dev/articles/fetch-metadata.

export type GuardedRequest = {
  readonly method?: string | undefined
  readonly headers: IncomingHttpHeaders
  /** Names and values in turn, as Node received them; `headers` has only the first of several Hosts. */
  readonly rawHeaders?: readonly string[]
}

export type GuardRefusal = { readonly code: 'HOST_NOT_ALLOWED' | 'ORIGIN_NOT_ALLOWED'; readonly detail: string }

const readingMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** Why a request that may come from a web page is refused; undefined when it is allowed. */
export function refusalOf(request: GuardedRequest, rules: GuardRules): GuardRefusal | undefined {
  const { host } = request.headers
  if (hasSeveralHosts(request))
    return { code: 'HOST_NOT_ALLOWED', detail: 'The request has several Host headers; allowed: one' }
  if (host === undefined || isAllowedHost(host, rules)) return foreignPageRefusal(request, rules)
  const detail = `Host ${quoted(host)} is not allowed; allowed: names of this machine, and those in ALLOWED_HOSTS`
  return { code: 'HOST_NOT_ALLOWED', detail }
}

/** A proxy may go by another one of them than this server (RFC 9112 section 3.2). */
export function hasSeveralHosts({ rawHeaders = [] }: GuardedRequest): boolean {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  return hosts > 1
}

/** `refusalOf` for a request whose Host is allowed. */
export function foreignPageRefusal(
  { method = 'GET', headers }: GuardedRequest,
  rules: GuardRules,
): GuardRefusal | undefined {
  const { host, origin, referer } = headers
  const site = headers['sec-fetch-site']?.toString()
  const isWrite = !readingMethods.includes(method)
  if (origin !== undefined) {
    if (isAllowedOrigin(origin, rules)) return undefined
    const isLeftToSite = !isWrite && site !== undefined // behind a proxy that changes Host, Sec-Fetch-Site alone is right
    if (!isLeftToSite && !isOwnOrigin(origin, host)) return notAllowed(`Origin ${quoted(origin)}`)
  } else if (isWrite && site === undefined && referer !== undefined) {
    // Browsers before 2020 sent forms without Origin.
    const sender = URL.canParse(referer) ? new URL(referer).origin : 'null'
    if (!isAllowedOrigin(sender, rules) && !isOwnOrigin(sender, host)) return notAllowed(`Referer ${quoted(sender)}`)
  }
  if (site === undefined || site === 'none' || site === 'same-origin') return undefined
  const isLink = !isWrite && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return isLink && rules.acceptsLinks ? undefined : notAllowed(`Sec-Fetch-Site ${quoted(site)}`)
}

const notAllowed = (what: string): GuardRefusal => ({
  code: 'ORIGIN_NOT_ALLOWED',
  detail: `${what} is not allowed: the request comes from a page of another site; allowed: origins in CORS_ORIGINS`,
})

const isAllowedOrigin = (origin: string, { corsOrigins }: GuardRules): boolean =>
  corsOrigins.includes(origin) || corsOrigins.includes('*')

/** Whether the page comes from this server, directly or through a proxy that terminates TLS. */
function isOwnOrigin(origin: string, host: string | undefined): boolean {
  if (host === undefined) return false
  const [own, sender] = [host.toLowerCase(), origin.toLowerCase()]
  return sender === `http://${own}` || sender === `https://${own}`
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 200))
