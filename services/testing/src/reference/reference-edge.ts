import type { EdgeAssertion, JobIdentity } from '@headwater/lineage'
import { asserts } from './ended-run.ts'
import type { ReferenceWriter } from './reference-writer.ts'

export type ReferenceEdgeName = JobIdentity & { readonly from: string; readonly to: string }

/** An edge with its evidence; `runId` and `assertion` are those of the latest success that asserts it, if any. */
export type ReferenceEdge = ReferenceEdgeName & {
  readonly runId: string
  readonly assertion: EdgeAssertion
  readonly firstSeen: number
  readonly lastSeen: number
  readonly runs: number
  readonly failedRuns: number
  readonly isCurrent: boolean
}

/** Which edges count; `seenSince`: those whose latest asserting success ended at or after that time. */
export type ReferenceEdgeMode = 'current' | 'ever' | { readonly seenSince: number }

/** Rule: every success asserts edges, a failure only counts as evidence. An edge is current if the last success asserts it and no end is dropped. */
export function edgesOf(
  { to, successes, failures, ...job }: ReferenceWriter,
  dropped: ReadonlySet<string>,
): readonly ReferenceEdge[] {
  const froms = new Set(successes.flatMap((run) => [...(run.outputs.get(to)?.inputs ?? [])]))
  return [...froms].flatMap((from) => {
    const asserting = successes.filter((run) => asserts(run, from, to))
    const [first] = asserting
    const last = asserting.at(-1)
    if (first === undefined || last === undefined) return []
    return {
      from,
      to,
      ...job,
      runId: last.runId,
      assertion: last.outputs.get(to)?.explicit ? 'explicit' : 'run',
      firstSeen: first.endedAt,
      lastSeen: last.endedAt,
      runs: asserting.length,
      failedRuns: failures.filter((run) => asserts(run, from, to)).length,
      isCurrent: last === successes.at(-1) && !dropped.has(from) && !dropped.has(to),
    }
  })
}

export const edgeOrder = (edge: ReferenceEdgeName) => [edge.from, edge.to, edge.jobNamespace, edge.jobName] as const
