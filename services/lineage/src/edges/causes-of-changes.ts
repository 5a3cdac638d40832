import type { RunState } from '@headwater/schemas'
import { addingRun, removingRun } from './causing-run.ts'
import type { CandidateEdge, ChangedEdges, Drops } from './changed-edges.ts'
import { byEndsAndJob, type EdgeChange, type EdgeChanges } from './edge-change.ts'
import { type JobEdge, type WritingRun, writerKey, writerOf, writingRunKey } from './job-edge.ts'

/** Changed edges, by the kind of fact that explains them. */
export type ChangesByCause = {
  readonly restored: readonly CandidateEdge[]
  readonly dropped: readonly CandidateEdge[]
  readonly addedByRun: readonly CandidateEdge[]
  readonly removedByRun: readonly CandidateEdge[]
  readonly declared: ChangedEdges
}

export function changesByCause({ added, removed }: ChangedEdges): ChangesByCause {
  const isDeclared = ({ declaration }: CandidateEdge) => declaration !== undefined
  const newlyAsserted = added.filter(({ assertedBefore }) => !assertedBefore)
  const noLongerAsserted = removed.filter(({ assertedAfter }) => !assertedAfter)
  return {
    restored: added.filter(({ assertedBefore }) => assertedBefore),
    dropped: removed.filter(({ assertedAfter }) => assertedAfter),
    addedByRun: newlyAsserted.filter((edge) => !isDeclared(edge)),
    removedByRun: noLongerAsserted.filter((edge) => !isDeclared(edge)),
    declared: { added: newlyAsserted.filter(isDeclared), removed: noLongerAsserted.filter(isDeclared) },
  }
}

/** A success, and its input sets. */
export type SuccessfulRun = WritingRun & { readonly inputSets: readonly string[] }

/** A run as one of the moments shows it. */
export type RunAtMoment = SuccessfulRun & {
  readonly state: RunState
  /** When the run ended or, while it has not, the time of its latest event; epoch milliseconds. */
  readonly at: number
}

/** The runs that may explain changes. */
export type RunsOfChanges = {
  /** Successes of the writers of the changed edges at the later moment, in order; of consecutive ones with the same sets, the first. */
  readonly successes: readonly SuccessfulRun[]
  /** These successes at the earlier moment; those that had not written the asset by then are missing. */
  readonly before: readonly RunAtMoment[]
  /** These successes, and the latest successes of the earlier moment, at the later moment. */
  readonly after: readonly RunAtMoment[]
  readonly reads: (run: Pick<SuccessfulRun, 'inputSets'>, asset: string) => boolean
}

export type FactsOfChanges = {
  readonly drops: Drops
  /** For each dropped end of a restored edge, the first success since its drop; `at` is its end in epoch milliseconds. */
  readonly restorations: readonly (WritingRun & { readonly at: number })[]
  readonly runs: RunsOfChanges
}

/** The cause of each change; sorted by ends and job. */
export function causesOfChanges(changes: ChangesByCause, { drops, restorations, runs }: FactsOfChanges): EdgeChanges {
  const byRun = runCauses(runs)
  return {
    added: [
      ...changes.restored.map((edge) => restoration(edge, drops.before, restorations)),
      ...changes.declared.added.flatMap(declaration),
      ...changes.addedByRun.map(byRun.addition),
    ].sort(byEndsAndJob),
    removed: [
      ...changes.dropped.map((edge) => drop(edge, drops.after)),
      ...changes.declared.removed.flatMap(declaration),
      ...changes.removedByRun.map(byRun.removal),
    ].sort(byEndsAndJob),
  }
}

const identityOf = ({ from, to, jobNamespace, jobName }: JobEdge): JobEdge => ({ from, to, jobNamespace, jobName })

const referenceOf = ({ jobNamespace, jobName, runId }: WritingRun) => ({ jobNamespace, jobName, runId })

const declaration = (edge: CandidateEdge): readonly EdgeChange[] =>
  edge.declaration === undefined ? [] : [{ ...identityOf(edge), ...edge.declaration, asset: null, run: null }]

function drop(edge: CandidateEdge, drops: ReadonlyMap<string, number>): EdgeChange {
  const [from, to] = [drops.get(edge.from) ?? -1, drops.get(edge.to) ?? -1]
  const asset = to > from ? edge.to : edge.from
  return { ...identityOf(edge), cause: 'dropped', asset, run: null, at: Math.max(from, to) }
}

/** Where both ends were dropped, the later restoration makes the edge current. */
function restoration(
  edge: CandidateEdge,
  drops: ReadonlyMap<string, number>,
  restorations: FactsOfChanges['restorations'],
): EdgeChange {
  const ends = new Set([edge.from, edge.to].filter((key) => drops.has(key)))
  const last = restorations
    .filter(({ asset }) => ends.has(asset))
    .toSorted(byTime)
    .at(-1)
  return {
    ...identityOf(edge),
    cause: 'restored',
    asset: last?.asset ?? null,
    run: last === undefined ? null : referenceOf(last),
    at: last?.at ?? null,
  }
}

type Restoration = FactsOfChanges['restorations'][number]

const byTime = (a: Restoration, b: Restoration): number =>
  a.at - b.at || (JSON.stringify(referenceOf(a)) < JSON.stringify(referenceOf(b)) ? -1 : 1)

/** Explains each edge that a run added or removed. */
function runCauses({ successes, before, after, reads }: RunsOfChanges) {
  const histories = new Map<string, SuccessfulRun[]>()
  for (const run of successes) histories.set(writerKey(run), [...(histories.get(writerKey(run)) ?? []), run])
  const historyOf = (edge: CandidateEdge) =>
    (histories.get(writerKey(writerOf(edge))) ?? []).map((run) => ({
      runId: run.runId,
      asserts: reads(run, edge.from),
    }))
  const [runBefore, runAfter] = [finder(before), finder(after)]
  const asserts = (edge: CandidateEdge, run: RunAtMoment | undefined) =>
    run?.state === 'SUCCEEDED' && reads(run, edge.from)
  const change = (edge: CandidateEdge, runId: string | undefined): EdgeChange => ({
    ...identityOf(edge),
    ...{ cause: 'run', asset: null },
    run: runId === undefined ? null : referenceOf({ ...writerOf(edge), runId }),
    at: runId === undefined ? null : (runAfter(edge, runId)?.at ?? null),
  })
  return {
    addition(edge: CandidateEdge): EdgeChange {
      const wasAsserted = (runId: string) => asserts(edge, runBefore(edge, runId))
      // Without a success, a declaration became effective because the earlier success no longer counts.
      return change(edge, addingRun(historyOf(edge), edge.runBefore, wasAsserted) ?? edge.runBefore)
    },
    removal(edge: CandidateEdge): EdgeChange {
      const latest = edge.runBefore
      // An edge that was only declared has no earlier success that could have changed.
      const stillAsserts = latest === undefined || asserts(edge, runAfter(edge, latest))
      return change(edge, removingRun(historyOf(edge), latest ?? '', stillAsserts))
    },
  }
}

function finder(runs: readonly RunAtMoment[]) {
  const byRun = new Map(runs.map((run) => [writingRunKey(run), run]))
  return (edge: CandidateEdge, runId: string) => byRun.get(writingRunKey({ ...writerOf(edge), runId }))
}
