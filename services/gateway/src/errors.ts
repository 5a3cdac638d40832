import { accessProblems } from '@headwater/access'
import { httpProblems, ProblemError, type ProblemFacts, type ProblemKinds } from '@headwater/http'
import type { JsonProblem } from '@headwater/lineage'

export type GatewayErrorCode = keyof typeof problems

/** Status and title of each problem that the gateway answers with. */
export const problems = {
  ...httpProblems,
  ...accessProblems,
  INVALID_EVENT: { status: 400, title: 'Invalid event', retryable: false },
  UNREADABLE_EVENT: { status: 400, title: 'Event cannot be processed', retryable: false },
  INVALID_JSON: { status: 400, title: 'Invalid JSON', retryable: false },
  JSON_TOO_DEEP: { status: 400, title: 'JSON nested too deeply', retryable: false },
  INVALID_TEXT: { status: 400, title: 'Request body is not UTF-8', retryable: false },
  BROKEN_COMPRESSION: { status: 400, title: 'Request body cannot be decompressed', retryable: false },
  INVALID_PARAMETER: { status: 400, title: 'Invalid parameter', retryable: false },
  BATCH_TOO_LARGE: { status: 413, title: 'Too many events in one request', retryable: false },
  EVENT_TOO_LARGE: { status: 413, title: 'Event too large', retryable: false },
  UNSUPPORTED_ENCODING: { status: 415, title: 'Unsupported Content-Encoding', retryable: false },
  HEADERS_TOO_LARGE: { status: 431, title: 'URL and headers too large', retryable: false },
  LOG_UNAVAILABLE: { status: 503, title: 'Event log unavailable', retryable: true },
  OVERLOADED: { status: 503, title: 'Gateway overloaded', retryable: true },
  NOT_READY: { status: 503, title: 'Gateway not ready', retryable: true },
} as const satisfies ProblemKinds

/** A problem with one request or one event. */
export class GatewayError extends ProblemError<GatewayErrorCode> {
  constructor(code: GatewayErrorCode, detail: string, facts: ProblemFacts = {}, cause?: unknown) {
    super({ code, ...problems[code] }, detail, facts, cause)
    this.name = 'GatewayError'
  }
}

const maxShownProblems = 20

/** The error for an event with problems: its message is the first of them, its `errors` the first 20. */
export function invalidEvent(found: readonly JsonProblem[]): GatewayError {
  const [first, ...rest] = found
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more ${rest.length === 1 ? 'problem' : 'problems'})`
  const detail = first === undefined ? 'The body is not an event' : `${pathOf(first)}${first.detail}${more}`
  return new GatewayError('INVALID_EVENT', detail, { errors: found.slice(0, maxShownProblems) })
}

const pathOf = ({ pointer }: JsonProblem) => (pointer === '' ? '' : `${pointer}: `)
