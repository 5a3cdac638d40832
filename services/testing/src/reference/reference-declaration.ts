import { type JobIdentity, jobKey } from '@headwater/lineage'
import type { JobEvent } from '@headwater/schemas'
import { compareTuples } from './compare-tuples.ts'
import { asserts } from './ended-run.ts'
import type { ReferenceEdge, ReferenceEdgeName } from './reference-edge.ts'
import type { ReferenceWriter } from './reference-writer.ts'

/** What a job declares from a time on, whole. */
export type ReferenceDeclaration = JobIdentity & {
  readonly occurredAt: number
  /** Keys of the inputs by output; empty where what was declared is taken back. */
  readonly outputs: ReadonlyMap<string, ReadonlySet<string>>
}

/** Undefined when the event says nothing of lineage. */
export function declarationOf({ job, occurredAt, lineage, removed }: JobEvent): ReferenceDeclaration | undefined {
  if (lineage === null && !removed.includes('lineage')) return undefined
  const outputs = new Map<string, Set<string>>()
  for (const { output, inputs } of lineage ?? []) {
    outputs.set(output, new Set([...(outputs.get(output) ?? []), ...inputs]))
  }
  return { jobNamespace: job.namespace, jobName: job.name, occurredAt, outputs }
}

export const names = ({ outputs }: ReferenceDeclaration, { from, to }: Pick<ReferenceEdgeName, 'from' | 'to'>) =>
  outputs.get(to)?.has(from) ?? false

/** The declarations by job, in order. No two of a job may have one time: which is the later is not told by what they say. */
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
 * Rule: an edge that a declaration of the job names and no success of it asserts; it is current if the job's last declaration names it,
 * unless a success of the job wrote the asset or an end is dropped.
 * @param declarations those of one job, in order
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
    const naming = declarations.filter((each) => names(each, link))
    return {
      ...link,
      ...{ runId: '', assertion: 'declared' as const },
      firstSeen: naming[0]?.occurredAt ?? Number.NaN,
      lastSeen: naming.at(-1)?.occurredAt ?? Number.NaN,
      runs: 0,
      failedRuns: failures.filter((run) => asserts(run, from, to)).length,
      isCurrent:
        successes.length === 0 && naming.at(-1) === declarations.at(-1) && !dropped.has(from) && !dropped.has(to),
    }
  })
}
