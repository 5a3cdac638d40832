import { Counter, type Registry } from 'prom-client'
import { type RefusalReason, refusalReasons } from '../access-error.ts'
import type { Principal } from '../principal.ts'
import type { Scope } from '../scope.ts'

export type AccessMetrics = {
  readonly granted: (principal: Principal, scope: Scope) => void
  readonly refused: (reason: RefusalReason) => void
}

const mostKeys = 1_000

/** Counts who was let in and why others were not. Grants name the id of a key, so that its last user can be seen to go. */
export function createAccessMetrics(registry: Registry): AccessMetrics {
  const granted = new Counter({
    name: 'headwater_access_granted_total',
    help: 'Requests that were let in, by the scope they needed and the id of their key, or token, or anonymous',
    labelNames: ['scope', 'key'],
    registers: [registry],
  })
  const refused = new Counter({
    name: 'headwater_access_refused_total',
    help: 'Requests that were not let in, by reason',
    labelNames: ['reason'],
    registers: [registry],
  })
  for (const reason of refusalReasons) refused.inc({ reason }, 0)
  const ids = new Set<string>()
  const labelOf = (principal: Principal) => {
    if (principal.kind !== 'key') return principal.kind
    if (ids.size < mostKeys) ids.add(principal.id)
    return ids.has(principal.id) ? principal.id : 'other'
  }
  return {
    granted: (principal, scope) => granted.inc({ scope, key: labelOf(principal) }),
    refused: (reason) => refused.inc({ reason }),
  }
}
