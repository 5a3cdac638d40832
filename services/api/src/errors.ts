import { accessProblems } from '@headwater/access'
import { httpProblems, ProblemError, type ProblemFacts, type ProblemKinds } from '@headwater/http'

export type ApiErrorCode = keyof typeof problems

/** Status and title of each problem that the API answers with. */
export const problems = {
  ...httpProblems,
  ...accessProblems,
  INVALID_PARAMETER: { status: 400, title: 'Invalid parameter', retryable: false },
  INVALID_ASSET_KEY: { status: 400, title: 'Invalid asset key', retryable: false },
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor', retryable: false },
  ASSET_NOT_FOUND: { status: 404, title: 'Asset not found', retryable: false },
  JOB_NOT_FOUND: { status: 404, title: 'Job not found', retryable: false },
  COLUMN_NOT_FOUND: { status: 404, title: 'Column not found', retryable: false },
  RUN_NOT_FOUND: { status: 404, title: 'Run not found', retryable: false },
  TOPIC_NOT_FOUND: { status: 404, title: 'Topic not found', retryable: false },
  BEYOND_HORIZON: { status: 410, title: 'History before this time has expired', retryable: false },
  URL_TOO_LONG: { status: 414, title: 'URL and headers too large', retryable: false },
  CLIENT_CLOSED_REQUEST: { status: 499, title: 'Client closed request', retryable: true },
  STORE_UNAVAILABLE: { status: 503, title: 'ClickHouse unavailable', retryable: true },
  QUERY_TOO_EXPENSIVE: { status: 503, title: 'Query exceeded the time or memory limit', retryable: true },
  TOO_BUSY: { status: 503, title: 'Too many questions at once', retryable: true },
  NOT_READY: { status: 503, title: 'API not ready', retryable: true },
  DEADLINE_EXCEEDED: { status: 504, title: 'Answer not ready in time', retryable: true },
  POSITION_NOT_REACHED: { status: 504, title: 'Position not reached in time', retryable: true },
} as const satisfies ProblemKinds

/** A problem with one request. */
export class ApiError extends ProblemError<ApiErrorCode> {
  constructor(code: ApiErrorCode, detail: string, facts: ProblemFacts = {}, cause?: unknown) {
    super({ code, ...problems[code] }, detail, facts, cause)
    this.name = 'ApiError'
  }
}
