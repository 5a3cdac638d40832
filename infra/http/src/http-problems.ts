import { ProblemError, type ProblemFacts, type ProblemKinds } from './problem-error.ts'

/** Codes that every HTTP service answers with, to be spread into its own list. */
export const httpProblems = {
  MALFORMED_REQUEST: { status: 400, title: 'Malformed HTTP request', retryable: false },
  HOST_NOT_ALLOWED: { status: 403, title: 'Host not allowed', retryable: false },
  ORIGIN_NOT_ALLOWED: { status: 403, title: 'Page of another site', retryable: false },
  ROUTE_NOT_FOUND: { status: 404, title: 'Path not found', retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed', retryable: false },
  REQUEST_TIMEOUT: { status: 408, title: 'Request timeout', retryable: true },
  BODY_TOO_LARGE: { status: 413, title: 'Request body too large', retryable: false },
  INTERNAL: { status: 500, title: 'Internal error', retryable: false },
} as const satisfies ProblemKinds

export const httpProblem = (
  code: keyof typeof httpProblems,
  detail: string,
  facts: ProblemFacts = {},
  cause?: unknown,
): ProblemError => new ProblemError({ code, ...httpProblems[code] }, detail, facts, cause)
