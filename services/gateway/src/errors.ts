import { accessProblems } from '@headwater/access'
import type { JsonProblem } from '@headwater/lineage'

export type GatewayErrorCode = keyof typeof problems

/** Status and title of each problem the gateway answers with. */
export const problems = {
  ...accessProblems,
  INVALID_EVENT: { status: 400, title: 'The event is not one', retryable: false },
  UNREADABLE_EVENT: { status: 400, title: 'The gateway fails to read the event', retryable: false },
  INVALID_JSON: { status: 400, title: 'The body is not JSON', retryable: false },
  JSON_TOO_DEEP: { status: 400, title: 'The JSON is nested too deep', retryable: false },
  INVALID_TEXT: { status: 400, title: 'The body is not UTF-8', retryable: false },
  BROKEN_COMPRESSION: { status: 400, title: 'The body is not compressed as its header says', retryable: false },
  INVALID_PARAMETER: { status: 400, title: 'A parameter is missing or wrong', retryable: false },
  MALFORMED_REQUEST: { status: 400, title: 'Not a well-formed HTTP request', retryable: false },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is nothing at this path', retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This path does not answer this method', retryable: false },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not arrive in time', retryable: true },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large', retryable: false },
  BATCH_TOO_LARGE: { status: 413, title: 'The array has too many events', retryable: false },
  EVENT_TOO_LARGE: { status: 413, title: 'The event is larger than the log takes', retryable: false },
  UNSUPPORTED_ENCODING: { status: 415, title: 'Compression that the gateway does not know', retryable: false },
  HEADERS_TOO_LARGE: { status: 431, title: 'The URL and headers are too long', retryable: false },
  INTERNAL: { status: 500, title: 'The server failed', retryable: false },
  LOG_UNAVAILABLE: { status: 503, title: 'The log cannot be written to now', retryable: true },
  OVERLOADED: { status: 503, title: 'More arrives than the log takes', retryable: true },
  NOT_READY: { status: 503, title: 'Not ready to take events', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>

/** A problem with one request or one event. `facts` become members of the problem document. */
export class GatewayError extends Error {
  readonly code: GatewayErrorCode
  readonly facts: Readonly<Record<string, unknown>>
  readonly retryable: boolean

  constructor(code: GatewayErrorCode, detail: string, facts: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(detail, { cause })
    this.name = 'GatewayError'
    this.code = code
    this.facts = facts
    this.retryable = problems[code].retryable
  }
}

const problemsShown = 20

/** An event with problems; the first of them is the sentence. */
export function invalidEvent(found: readonly JsonProblem[]): GatewayError {
  const [first, ...others] = found
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  const detail = first === undefined ? 'It is no event' : `${placeOf(first)}: ${first.detail}${more}`
  return new GatewayError('INVALID_EVENT', detail, { errors: found.slice(0, problemsShown) })
}

const placeOf = ({ pointer }: JsonProblem) => (pointer === '' ? 'The event' : pointer)
