import { TransportError, type TransportErrorCode, type TransportErrorOptions } from '../transport.ts'
import type { HttpAnswer } from './http-answer.ts'

/** Error codes of connections that ended during a request. */
const cuts = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])
const unsendable = new Set([400, 413, 422])
const later = new Set([408, 425, 429])
const maxQuoted = 300

/** A response other than the expected 2xx. */
export class HttpStatusError extends TransportError {
  readonly status: number

  constructor(status: number, code: TransportErrorCode, message: string, options: TransportErrorOptions = {}) {
    super(code, message, options)
    this.status = status
  }
}

/** The options allow no request. */
export function misconfigured(reason: string, cause?: unknown): TransportError {
  return new TransportError('REFUSED', `The HTTP transport is misconfigured: ${reason}`, { cause })
}

/** There was no response, or it broke off. */
export function notReached(error: unknown, url: URL, timedOutAfterMs: number | undefined): TransportError {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } }
  const known = [cause?.message, cause?.code].find((each) => typeof each === 'string' && each !== '')
  // Without a cause the message is about the request, and may quote secrets of it.
  const reason =
    timedOutAfterMs === undefined ? oneLine(known ?? 'the request failed') : `no response within ${timedOutAfterMs} ms`
  return new TransportError('UNAVAILABLE', `${shown(url)} is not reachable: ${reason}`, { cause })
}

/** OpenSSL ends its messages with line breaks. */
const oneLine = (text: unknown) => String(text).replaceAll(/\s+/g, ' ').trim()

/** True where an established connection ended before the response did. */
export function wasCutOff(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } }
  return typeof cause?.code === 'string' && cuts.has(cause.code)
}

/** The error for a response other than 2xx. */
export function refusal(answer: HttpAnswer, url: URL, secrets: readonly string[]): HttpStatusError {
  const { status, location, retryAfterMs } = answer
  const moved = status >= 300 && status < 400 && location !== null ? ` (a redirect to ${target(location, url)})` : ''
  const detail = withoutSecrets(detailOf(answer.text), secrets)
  const suffix = detail === '' ? '' : `: ${detail}`
  const code = status === 403 && namesErrors(answer.text) ? 'UNSENDABLE' : codeFor(status)
  return new HttpStatusError(status, code, `${shown(url)} returned ${status}${moved}${suffix}`, {
    retryAfterMs,
  })
}

/** A successful response that is not from the expected server, so nothing was stored. */
export function unexpectedResponse({ status }: HttpAnswer, url: URL, what: string): HttpStatusError {
  return new HttpStatusError(status, 'REFUSED', `${shown(url)} returned ${status} with ${what}; check the URL`)
}

function codeFor(status: number): TransportErrorCode {
  if (status >= 500 || later.has(status)) return 'UNAVAILABLE'
  return unsendable.has(status) ? 'UNSENDABLE' : 'REFUSED'
}

/** A URL without its query, which may contain a key. */
const shown = (url: URL) => `${url.origin}${url.pathname}`

function target(location: string, from: URL): string {
  return URL.canParse(location, from.href) ? shown(new URL(location, from.href)) : 'an invalid URL'
}

/** The detail of a problem document (RFC 9457), or a similar property. */
function detailOf(text: string): string {
  try {
    const { detail, message, error, title } = JSON.parse(text) as Record<string, unknown>
    const found = [detail, message, error, title].find((each) => typeof each === 'string' && each !== '')
    return typeof found === 'string' ? found.slice(0, maxQuoted) : ''
  } catch {
    return ''
  }
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => (secret === '' ? left : left.replaceAll(secret, '***')), text)
}

/** Whether Headwater's gateway refuses parts of the event that it names: the key may send other events. */
function namesErrors(text: string): boolean {
  try {
    const { code, errors } = JSON.parse(text) as { readonly code?: unknown; readonly errors?: unknown }
    return code === 'FORBIDDEN' && Array.isArray(errors) && errors.length > 0
  } catch {
    return false
  }
}
