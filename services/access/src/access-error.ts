import type { Scope } from './scope.ts'

/** Status and title of each code, for the list of problems of a service. */
export const accessProblems = {
  UNAUTHENTICATED: { status: 401, title: 'Not known who asks', retryable: false },
  FORBIDDEN: { status: 403, title: 'Not allowed to ask this', retryable: false },
  ACCESS_UNAVAILABLE: { status: 503, title: 'Whether access is allowed cannot be told now', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>

export type AccessErrorCode = keyof typeof accessProblems

const codes = {
  no_credentials: 'UNAUTHENTICATED',
  malformed: 'UNAUTHENTICATED',
  unknown_key: 'UNAUTHENTICATED',
  key_revoked: 'UNAUTHENTICATED',
  key_expired: 'UNAUTHENTICATED',
  unverifiable_token: 'UNAUTHENTICATED',
  algorithm_not_allowed: 'UNAUTHENTICATED',
  unknown_signing_key: 'UNAUTHENTICATED',
  wrong_issuer: 'UNAUTHENTICATED',
  wrong_audience: 'UNAUTHENTICATED',
  token_expired: 'UNAUTHENTICATED',
  token_not_yet_valid: 'UNAUTHENTICATED',
  missing_scope: 'FORBIDDEN',
  undeclared_route: 'FORBIDDEN',
  signing_keys_away: 'ACCESS_UNAVAILABLE',
} as const satisfies Record<string, AccessErrorCode>

/** Why a request is refused, finer than its code; the label of the metric. */
export type RefusalReason = keyof typeof codes

export const refusalReasons = Object.keys(codes) as readonly RefusalReason[]

export type AccessFacts = { readonly required?: Scope; readonly held?: readonly Scope[] }

/** Why a request is refused. The message is for its sender, and has nothing of the credential in it. */
export class AccessError extends Error {
  readonly code: AccessErrorCode
  readonly status: number
  readonly retryable: boolean
  readonly reason: RefusalReason
  /** What becomes a member of the problem document. */
  readonly facts: AccessFacts & { readonly reason: RefusalReason }

  constructor(reason: RefusalReason, detail: string, facts: AccessFacts = {}, cause?: unknown) {
    super(detail, { cause })
    this.name = 'AccessError'
    this.reason = reason
    this.code = codes[reason]
    this.status = accessProblems[this.code].status
    this.retryable = accessProblems[this.code].retryable
    this.facts = { reason, ...facts }
  }
}
