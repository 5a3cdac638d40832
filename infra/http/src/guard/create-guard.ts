import type { GuardRules } from './guard-rules.ts'
import { foreignPageRefusal, type GuardedRequest, type GuardRefusal, hasSeveralHosts, refusalOf } from './refusal-of.ts'

/** `refusalOf` under the given rules. Nearly all requests name the same Host, so the last allowed one is remembered. */
export function createGuard(rules: GuardRules): (request: GuardedRequest) => GuardRefusal | undefined {
  let allowedHost: string | undefined
  return (request) => {
    const { host } = request.headers
    if (host === allowedHost && !hasSeveralHosts(request)) return foreignPageRefusal(request, rules)
    const refusal = refusalOf(request, rules)
    if (refusal?.code !== 'HOST_NOT_ALLOWED') allowedHost = host
    return refusal
  }
}
