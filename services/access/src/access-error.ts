import { ProblemError, type ProblemKinds } from '@headwater/http'
import type { Scope } from './scope.ts'

/** Status and title of each code, to be spread into a service's list of problems. */
export const accessProblems = {
  UNAUTHENTICATED: { status: 401, title: 'Authentication required', retryable: false },
  FORBIDDEN: { status: 403, title: 'Permission denied', retryable: false },
  ACCESS_UNAVAILABLE: { status: 503, title: 'Authentication unavailable', retryable: true },
} as const satisfies ProblemKinds

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
  outside_binding: 'FORBIDDEN',
  undeclared_route: 'FORBIDDEN',
  signing_keys_away: 'ACCESS_UNAVAILABLE',
} as const satisfies Record<string, AccessErrorCode>

/** Why a request is refused, in more detail than its code. Also the label of the metric. */
export type RefusalReason = keyof typeof codes

export const refusalReasons = Object.keys(codes) as readonly RefusalReason[]

/** The members that a refusal adds to its problem document. */
export type AccessFacts = {
  readonly reason: RefusalReason
  readonly required?: Scope
  readonly held?: readonly Scope[]
  /** The binding of the key, where that is the reason. */
  readonly namespaces?: readonly string[]
  readonly prefixes?: readonly string[]
  /** What is not permitted: JSON pointers into an event, and a sentence each. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

/** Why a request is refused. The message is for the caller and never contains any part of the credential. */
export class AccessError extends ProblemError<AccessErrorCode, AccessFacts> {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, detail: string, facts: Omit<AccessFacts, 'reason'> = {}, cause?: unknown) {
    const code = codes[reason]
    super({ code, ...accessProblems[code] }, detail, { reason, ...facts }, cause)
    this.name = 'AccessError'
    this.reason = reason
  }
}
