import { TransportError, type TransportErrorCode } from '../transport.ts'
import type { HttpAnswer } from './http-answer.ts'
import { HttpStatusError } from './http-status-error.ts'

/** Connections that ended under a request. */
const cuts = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])
const unsendable = new Set([400, 413, 422])
const later = new Set([408, 425, 429])
const maxQuoted = 300

/** No request can be made with what was given. */
export function unusable(why: string, cause?: unknown): TransportError {
  return new TransportError('REFUSED', `Lineage over HTTP cannot be sent: ${why}`, { cause })
}

/** There was no answer, or it broke off. */
export function notReached(error: unknown, url: URL, timedOutAfterMs: number | undefined): TransportError {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } }
  const known = [cause?.message, cause?.code].find((each) => typeof each === 'string' && each !== '')
  // Without a cause the error tells of the request, and may quote what is secret in it.
  const why =
    timedOutAfterMs === undefined ? oneLine(known ?? 'the request failed') : `no answer in ${timedOutAfterMs} ms`
  return new TransportError('UNAVAILABLE', `${shown(url)} is not reachable: ${why}`, { cause })
}

/** OpenSSL ends its sentences with line ends. */
const oneLine = (text: unknown) => String(text).replaceAll(/\s+/g, ' ').trim()

/** Whether a connection that was there ended before the answer did. */
export function wasCutOff(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } }
  return typeof cause?.code === 'string' && cuts.has(cause.code)
}

/** What an answer other than 2xx means for the events that were sent. */
export function refusal(answer: HttpAnswer, url: URL, secrets: readonly string[]): HttpStatusError {
  const { status, location, retryAfterMs } = answer
  const moved = status >= 300 && status < 400 && location !== null ? `, a redirect to ${target(location, url)}` : ''
  const words = withoutSecrets(wordsOf(answer.text), secrets)
  const said = words === '' ? '' : `: ${words}`
  return new HttpStatusError(status, verdictOn(status), `${shown(url)} answers ${status}${moved}${said}`, {
    retryAfterMs,
  })
}

/** An answer that says all is well, and cannot be of the server that is meant: nothing was stored. */
export function notTheServer({ status }: HttpAnswer, url: URL, why: string): HttpStatusError {
  return new HttpStatusError(status, 'REFUSED', `${shown(url)} answers ${status}, but ${why}: is the URL right?`)
}

function verdictOn(status: number): TransportErrorCode {
  if (status >= 500 || later.has(status)) return 'UNAVAILABLE'
  return unsendable.has(status) ? 'UNSENDABLE' : 'REFUSED'
}

/** A URL without its query, which may have a key. */
const shown = (url: URL) => `${url.origin}${url.pathname}`

function target(location: string, from: URL): string {
  return URL.canParse(location, from.href) ? shown(new URL(location, from.href)) : 'no URL'
}

/** The sentence of a problem document (RFC 9457), or of what servers send in its place. */
function wordsOf(text: string): string {
  try {
    const { detail, message, error, title } = JSON.parse(text) as Record<string, unknown>
    const words = [detail, message, error, title].find((each) => typeof each === 'string' && each !== '')
    return typeof words === 'string' ? words.slice(0, maxQuoted) : ''
  } catch {
    return ''
  }
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => (secret === '' ? left : left.replaceAll(secret, '***')), text)
}
