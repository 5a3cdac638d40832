import type { AccessError } from '../access-error.ts'

const realm = 'Bearer realm="headwater"'

/** The WWW-Authenticate header of a refusal, after RFC 6750; undefined when another credential would not help. */
export function challengeOf({ code, reason, facts }: AccessError): string | undefined {
  if (code === 'ACCESS_UNAVAILABLE' || reason === 'undeclared_route') return undefined
  if (reason === 'no_credentials') return realm
  if (code === 'UNAUTHENTICATED') return `${realm}, error="invalid_token"`
  return `${realm}, error="insufficient_scope", scope="${facts.required}"`
}
