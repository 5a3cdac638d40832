import { Counter, type Registry } from 'prom-client'
import { type RefusalReason, refusalReasons } from '../access-error.ts'
import type { Principal } from '../principal.ts'
import type { Scope } from '../scope.ts'

export type AccessMetrics = {
  readonly granted: (principal: Principal, scope: Scope) => void
  readonly refused: (reason: RefusalReason) => void
}

const maxKeys = 1_000

/** Counts granted requests by key id, which shows when a key is no longer used, and refused requests by reason. */
export function createAccessMetrics(registry: Registry): AccessMetrics {
  const granted = new Counter({
    name: 'headwater_access_granted_total',
    help: 'Granted requests, by required scope and by key id, token or anonymous',
    labelNames: ['scope', 'key'],
    registers: [registry],
  })
  const refused = new Counter({
    name: 'headwater_access_refused_total',
    help: 'Refused requests, by reason',
    labelNames: ['reason'],
    registers: [registry],
  })
  for (const reason of refusalReasons) refused.inc({ reason }, 0)
  const ids = new Set<string>()
  const labelOf = (principal: Principal) => {
    if (principal.kind !== 'key') return principal.kind
    if (ids.size < maxKeys) ids.add(principal.id)
    return ids.has(principal.id) ? principal.id : 'other'
  }
  return {
    granted: (principal, scope) => granted.inc({ scope, key: labelOf(principal) }),
    refused: (reason) => refused.inc({ reason }),
  }
}
