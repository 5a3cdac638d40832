import type { RunFact } from '@headwater/lineage'

/** What the `body` column of run_events holds, apart from what has columns of its own. */
type Body = Partial<Omit<RunFact, 'factId' | 'occurredAt' | 'recordedAt' | 'producer' | 'state' | 'inputSet'>>

const absent = {
  jobType: null,
  startedAt: null,
  nominalStart: null,
  nominalEnd: null,
  parent: null,
  root: null,
  by: null,
  error: null,
  metadata: {},
  outputs: [],
} as const satisfies Body

/** JSON of what one event says of its run; what it does not say is left out. */
export function runEventBody(fact: RunFact): string {
  const body: Record<string, unknown> = {}
  for (const field of fields) if (fact[field] !== null) body[field] = fact[field]
  if (fact.outputs.length > 0) body['outputs'] = fact.outputs
  if (Object.keys(fact.metadata).length > 0) body['metadata'] = fact.metadata
  return JSON.stringify(body)
}

const fields = ['jobType', 'startedAt', 'nominalStart', 'nominalEnd', 'parent', 'root', 'by', 'error'] as const

/** The inverse of `runEventBody`. */
export function readRunEventBody(text: string): Omit<RunFact, keyof RunFactColumns> {
  return { ...absent, ...(JSON.parse(text) as Body) }
}

export type RunFactColumns = Pick<RunFact, 'factId' | 'occurredAt' | 'recordedAt' | 'producer' | 'state' | 'inputSet'>
