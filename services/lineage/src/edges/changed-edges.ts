import type { Edge } from '../graph/lineage-answer.ts'
import { type JobEdge, jobEdgeKey } from './job-edge.ts'

/** An edge that may be current at only one of two moments. */
export type CandidateEdge = JobEdge & {
  /** The job's latest success at the earlier moment; undefined where there was none. */
  readonly runBefore: string | undefined
  /** Whether that success or, without one, the job's declaration asserts the edge, even if an end is dropped. */
  readonly assertedBefore: boolean
  /** The same at the later moment. */
  readonly assertedAfter: boolean
  /** Set where a new declaration of the job added or removed the edge; `at` is its time. */
  readonly declaration?: { readonly cause: 'declared' | 'undeclared'; readonly at: number } | undefined
}

/** When each asset was dropped that is dropped at the moment; epoch milliseconds. */
export type Drops = { readonly before: ReadonlyMap<string, number>; readonly after: ReadonlyMap<string, number> }

export type ChangedEdges = { readonly added: readonly CandidateEdge[]; readonly removed: readonly CandidateEdge[] }

/** The candidates that are current at only one of the moments: asserted, with neither end dropped. */
export function changedEdges(candidates: readonly CandidateEdge[], drops: Drops): ChangedEdges {
  const isIn = ({ from, to }: JobEdge, dropped: ReadonlyMap<string, number>) => !dropped.has(from) && !dropped.has(to)
  const wasCurrent = (edge: CandidateEdge) => edge.assertedBefore && isIn(edge, drops.before)
  const isCurrent = (edge: CandidateEdge) => edge.assertedAfter && isIn(edge, drops.after)
  return {
    added: candidates.filter((edge) => isCurrent(edge) && !wasCurrent(edge)),
    removed: candidates.filter((edge) => wasCurrent(edge) && !isCurrent(edge)),
  }
}

/**
 * Every edge of either moment as a candidate.
 * @param before edges asserted at the earlier moment, including those of dropped assets
 * @param after the same at the later moment
 */
export function candidatesOf(before: readonly Edge[], after: readonly Edge[]): readonly CandidateEdge[] {
  const [earlier, later] = [byJob(before), byJob(after)]
  return [...new Map([...earlier, ...later])].map(([key, { runId: _, ...edge }]) => ({
    ...edge,
    runBefore: earlier.get(key)?.runId || undefined, // a declared edge has no run
    assertedBefore: earlier.has(key),
    assertedAfter: later.has(key),
  }))
}

const byJob = (edges: readonly Edge[]): ReadonlyMap<string, JobEdge & { readonly runId: string }> =>
  new Map(
    edges
      .flatMap(({ from, to, jobs }) =>
        jobs.map(({ jobNamespace, jobName, runId }) => ({ from, to, jobNamespace, jobName, runId })),
      )
      .map((edge) => [jobEdgeKey(edge), edge]),
  )
