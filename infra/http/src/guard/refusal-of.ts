import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { isLoopback } from './is-loopback.ts'

// Web pages can send requests to this machine: directly (`fetch`, forms, images), and under a name of their own that they let resolve
// to 127.0.0.1 (DNS rebinding). A server that authenticates nobody recognises the first by Origin and Sec-Fetch-Site, the second by Host.
// Sources: Fetch Metadata (W3C), RFC 6454, and https://web.dev/articles/fetch-metadata.

/** Which requests a server answers although it does not know who sends them. */
export type GuardRules = {
  /**
   * Names by which the server is reached besides those of this machine, in lower case: `lineage.example.com`, `.example.com` for every
   * name below it, `host:port` for one port, `*` for every name.
   */
  readonly allowedHosts: readonly string[]
  /** Whether every IP address is allowed as Host. A page cannot rebind an address, so a server that others may reach can accept it. */
  readonly acceptsAddresses: boolean
  /** Origins of other sites whose pages may send requests, e.g. `https://grafana.example.com`. */
  readonly corsOrigins: readonly string[]
  /** Whether a link on a page of another site may open an answer in the browser. */
  readonly acceptsLinks: boolean
}

export type GuardedRequest = { readonly method?: string | undefined; readonly headers: IncomingHttpHeaders }

export type GuardRefusal = { readonly code: 'HOST_NOT_ALLOWED' | 'ORIGIN_NOT_ALLOWED'; readonly detail: string }

const readingMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** Why a request that may come from a web page is refused; undefined when it is allowed. */
export function refusalOf({ method = 'GET', headers }: GuardedRequest, rules: GuardRules): GuardRefusal | undefined {
  const { host, origin } = headers
  if (host !== undefined && !isAllowedHost(host.toLowerCase(), rules)) {
    const detail = `Host ${quoted(host)} is not allowed; allowed: names of this machine, and those in ALLOWED_HOSTS`
    return { code: 'HOST_NOT_ALLOWED', detail }
  }
  if (origin !== undefined && rules.corsOrigins.includes(origin)) return undefined
  const isWrite = !readingMethods.includes(method)
  if (isWrite && origin !== undefined && !isOwnOrigin(origin, host)) return notAllowed(`Origin ${quoted(origin)}`)
  const site = headers['sec-fetch-site']?.toString() ?? 'none'
  if (site === 'none' || site === 'same-origin') return undefined
  const isLink = !isWrite && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return isLink && rules.acceptsLinks ? undefined : notAllowed(`Sec-Fetch-Site ${quoted(site)}`)
}

const notAllowed = (what: string): GuardRefusal => ({
  code: 'ORIGIN_NOT_ALLOWED',
  detail: `${what} is not allowed: the request comes from a page of another site; allowed: origins in CORS_ORIGINS`,
})

const hostShape = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+?)\.?(?::\d{1,5})?$/

function isAllowedHost(host: string, { allowedHosts, acceptsAddresses }: GuardRules): boolean {
  const name = hostShape.exec(host)?.[1]
  if (name === undefined) return false
  if (isLoopback(name)) return true
  if (acceptsAddresses && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true
  return allowedHosts.some(
    (allowed) =>
      allowed === '*' || allowed === name || allowed === host || (allowed.startsWith('.') && name.endsWith(allowed)),
  )
}

/** Whether the page comes from this server, directly or through a proxy that terminates TLS. */
const isOwnOrigin = (origin: string, host: string | undefined): boolean =>
  host !== undefined && [`http://${host}`, `https://${host}`].includes(origin.toLowerCase())

const quoted = (text: string): string => JSON.stringify(text.slice(0, 200))
