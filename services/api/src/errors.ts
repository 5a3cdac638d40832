import { accessProblems } from '@headwater/access'

export type ApiErrorCode = keyof typeof problems

/** Status and title of each problem the API answers with. */
export const problems = {
  INVALID_PARAMETER: { status: 400, title: 'A parameter is not allowed, missing or wrong', retryable: false },
  INVALID_ASSET_KEY: { status: 400, title: 'Not an asset key', retryable: false },
  INVALID_CURSOR: { status: 400, title: 'Not a cursor of this list', retryable: false },
  MALFORMED_REQUEST: { status: 400, title: 'Not a well-formed HTTP request', retryable: false },
  ...accessProblems,
  ASSET_NOT_FOUND: { status: 404, title: 'No event names this asset', retryable: false },
  JOB_NOT_FOUND: { status: 404, title: 'No event names this job', retryable: false },
  COLUMN_NOT_FOUND: { status: 404, title: 'No event names this column', retryable: false },
  RUN_NOT_FOUND: { status: 404, title: 'No event names this run', retryable: false },
  BEYOND_HORIZON: { status: 410, title: 'History before this time has expired', retryable: false },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is nothing at this path', retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This path only answers GET', retryable: false },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not arrive in time', retryable: true },
  BODY_TOO_LARGE: { status: 413, title: 'The request is too large', retryable: false },
  URL_TOO_LONG: { status: 414, title: 'The URL and headers are too long', retryable: false },
  INTERNAL: { status: 500, title: 'The server failed', retryable: false },
  STORE_UNAVAILABLE: { status: 503, title: 'ClickHouse does not answer', retryable: true },
  QUERY_TOO_EXPENSIVE: { status: 503, title: 'ClickHouse gave up on the query', retryable: true },
  NOT_READY: { status: 503, title: 'Not ready to answer', retryable: true },
  POSITION_NOT_REACHED: { status: 504, title: 'The position is not folded yet', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>

/** A problem with one request. `facts` become members of the problem document. */
export class ApiError extends Error {
  readonly code: ApiErrorCode
  readonly facts: Readonly<Record<string, unknown>>
  readonly retryable: boolean

  constructor(code: ApiErrorCode, detail: string, facts: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(detail, { cause })
    this.code = code
    this.facts = facts
    this.retryable = problems[code].retryable
  }
}
