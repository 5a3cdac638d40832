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
  return JSON.stringify({
    jobType: fact.jobType ?? undefined,
    startedAt: fact.startedAt ?? undefined,
    nominalStart: fact.nominalStart ?? undefined,
    nominalEnd: fact.nominalEnd ?? undefined,
    parent: fact.parent ?? undefined,
    root: fact.root ?? undefined,
    by: fact.by ?? undefined,
    error: fact.error ?? undefined,
    metadata: fact.metadata,
    outputs: fact.outputs,
  })
}

/** The inverse of `runEventBody`. */
export function readRunEventBody(text: string): Omit<RunFact, keyof RunFactColumns> {
  return { ...absent, ...(JSON.parse(text) as Body) }
}

export type RunFactColumns = Pick<RunFact, 'factId' | 'occurredAt' | 'recordedAt' | 'producer' | 'state' | 'inputSet'>
