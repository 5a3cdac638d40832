import { type JobIdentity, jobKey } from '@headwater/lineage'
import type { JobEvent } from '@headwater/schemas'
import { compareTuples } from './compare-tuples.ts'
import { asserts } from './ended-run.ts'
import type { ReferenceEdge, ReferenceEdgeName } from './reference-edge.ts'
import type { ReferenceWriter } from './reference-writer.ts'

/** Everything that a job declares from a time on. */
export type ReferenceDeclaration = JobIdentity & {
  readonly occurredAt: number
  /** Keys of the inputs by output; empty where the job withdraws its declaration. */
  readonly outputs: ReadonlyMap<string, ReadonlySet<string>>
}

/** Undefined for an event without lineage. */
export function declarationOf({ job, occurredAt, lineage, removed }: JobEvent): ReferenceDeclaration | undefined {
  if (lineage === null && !removed.includes('lineage')) return undefined
  const outputs = new Map<string, Set<string>>()
  for (const { output, inputs } of lineage ?? []) {
    outputs.set(output, new Set([...(outputs.get(output) ?? []), ...inputs]))
  }
  return { jobNamespace: job.namespace, jobName: job.name, occurredAt, outputs }
}

export const contains = ({ outputs }: ReferenceDeclaration, { from, to }: Pick<ReferenceEdgeName, 'from' | 'to'>) =>
  outputs.get(to)?.has(from) ?? false

/** The declarations by job, in order. Two of a job must not have the same time, which would leave their order open. */
export function declarationsByJob(
  declarations: readonly ReferenceDeclaration[],
): ReadonlyMap<string, readonly ReferenceDeclaration[]> {
  const byJob = new Map<string, ReferenceDeclaration[]>()
  for (const each of declarations.toSorted((a, b) => compareTuples([a.occurredAt], [b.occurredAt]))) {
    byJob.set(jobKey(each), [...(byJob.get(jobKey(each)) ?? []), each])
  }
  return byJob
}

/**
 * Rule: the edges that a declaration of the job contains and no success of the job asserts. Such an edge is current if the job's last
 * declaration contains it, unless a success of the job wrote the asset or an end is dropped.
 * @param declarations of one job, in order
 */
export function declaredEdges(
  declarations: readonly ReferenceDeclaration[],
  writerOf: (to: string) => ReferenceWriter | undefined,
  dropped: ReadonlySet<string>,
): readonly ReferenceEdge[] {
  const links = declarations.flatMap(({ outputs, jobNamespace, jobName }) =>
    [...outputs].flatMap(([to, froms]) => [...froms].map((from) => ({ from, to, jobNamespace, jobName }))),
  )
  return [...new Map(links.map((link) => [JSON.stringify(link), link])).values()].flatMap((link) => {
    const { from, to } = link
    const { successes, failures } = writerOf(to) ?? { successes: [], failures: [] }
    if (successes.some((run) => asserts(run, from, to))) return []
    const containing = declarations.filter((each) => contains(each, link))
    return {
      ...link,
      ...{ runId: '', assertion: 'declared' as const },
      firstSeen: containing[0]?.occurredAt ?? Number.NaN,
      lastSeen: containing.at(-1)?.occurredAt ?? Number.NaN,
      runs: 0,
      failedRuns: failures.filter((run) => asserts(run, from, to)).length,
      isCurrent:
        successes.length === 0 && containing.at(-1) === declarations.at(-1) && !dropped.has(from) && !dropped.has(to),
    }
  })
}
