import { EventLog, type RecordedEvent } from '@headwater/lineage'
import { compareTuples } from './compare-tuples.ts'
import { asserts, type EndedRun } from './ended-run.ts'
import { foldReference } from './fold-reference.ts'
import { contains } from './reference-declaration.ts'
import { edgeOrder, type ReferenceEdgeName } from './reference-edge.ts'
import type { ReferenceGraph } from './reference-graph.ts'
import { successOrder } from './reference-writer.ts'

/** Why an edge changed: a run, a run that wrote a dropped end again, a drop, or a declaration of the job. */
export type ReferenceCause =
  | {
      readonly kind: 'run' | 'restored'
      readonly jobNamespace: string
      readonly jobName: string
      readonly runId: string
      readonly at: number
    }
  | { readonly kind: 'dropped'; readonly asset: string; readonly at: number }
  | { readonly kind: 'declared' | 'undeclared'; readonly at: number }

export type ReferenceChange = ReferenceEdgeName & { readonly cause: ReferenceCause }

export type ReferenceDiff = {
  readonly added: readonly ReferenceChange[]
  readonly removed: readonly ReferenceChange[]
}

/** Rule: the edges that are current at only one of the two times, each with its cause; sorted like edges. */
export function referenceDiff(
  records: readonly RecordedEvent[] | EventLog,
  fromTime: number,
  toTime: number,
  knownAt?: number,
): ReferenceDiff {
  if (fromTime > toTime) throw new RangeError('The end of a diff must not be before its start.')
  const log = records instanceof EventLog ? records : new EventLog(records)
  const before = foldReference(log, { asOf: fromTime, knownAt })
  const after = foldReference(log, { asOf: toTime, knownAt })
  return {
    added: missingFrom(before, after).map((edge) => ({
      ...edge,
      cause: causeOfAddition(edge, before, after, fromTime),
    })),
    removed: missingFrom(after, before).map((edge) => ({ ...edge, cause: causeOfRemoval(edge, before, after) })),
  }
}

function missingFrom(absent: ReferenceGraph, present: ReferenceGraph): readonly ReferenceEdgeName[] {
  const known = new Set(absent.edges('current').map((edge) => JSON.stringify(edgeOrder(edge))))
  return present
    .edges('current')
    .filter((edge) => !known.has(JSON.stringify(edgeOrder(edge))))
    .map(({ from, to, jobNamespace, jobName }) => ({ from, to, jobNamespace, jobName }))
}

/**
 * Rule: `restored` if only a drop hid the edge. Else the first run of the last block of successes that assert it, or the run that was the latest
 * success before and no longer is one. Without a success, `declared` by the first of the last block of declarations that contain it, unless
 * only a former success hid them.
 */
function causeOfAddition(
  edge: ReferenceEdgeName,
  before: ReferenceGraph,
  after: ReferenceGraph,
  fromTime: number,
): ReferenceCause {
  const { from, to } = edge
  const shadow = before.currentRun(to, edge)
  if (before.isAsserted(edge)) return causedBy('restored', restorer(edge, before, after), after)
  if (after.currentRun(to, edge) === undefined) {
    const at = declaredSince(edge, after)
    return shadow === undefined || at > fromTime ? { kind: 'declared', at } : causedBy('run', shadow, after)
  }
  const successes = after.successes(to, edge)
  const lastSilent = successes.findLastIndex((run) => !asserts(run, from, to))
  const first = defined(successes[lastSilent + 1])
  return causedBy('run', before.isAssertedBy(edge, first.runId) ? defined(shadow) : first, after)
}

/** Rule: the first of the last block of declarations that contain the edge. */
function declaredSince(edge: ReferenceEdgeName, graph: ReferenceGraph): number {
  const declarations = graph.declarations(edge)
  return defined(declarations[declarations.findLastIndex((each) => !contains(each, edge)) + 1]).occurredAt
}

/** Rule: the first success at or after the last drop of an end that was dropped; of two ends the later such run. */
function restorer({ from, to }: ReferenceEdgeName, before: ReferenceGraph, after: ReferenceGraph): EndedRun {
  const runs = [from, to]
    .filter((end) => before.isDropped(end))
    .map((end) => {
      const drop = defined(after.lastDropOf(end))
      // A success at the time of the drop counts as after it.
      return defined(after.successesOfAnyJob(end).find((run) => run.endedAt >= drop))
    })
  return defined(runs.sort((a, b) => compareTuples(successOrder(a), successOrder(b))).at(-1))
}

/**
 * Rule: `dropped` if only a drop hides the edge. Else the run that no longer asserts it, or the first success after the last that does. Without
 * any success, `undeclared` by the first declaration after the last that contains it.
 */
function causeOfRemoval(edge: ReferenceEdgeName, before: ReferenceGraph, after: ReferenceGraph): ReferenceCause {
  const { from, to } = edge
  if (after.isAsserted(edge)) return droppedEnd(edge, after)
  const former = before.currentRun(to, edge)
  if (former === undefined && after.currentRun(to, edge) === undefined) {
    const declarations = after.declarations(edge)
    const lastContaining = declarations.findLastIndex((each) => contains(each, edge))
    return { kind: 'undeclared', at: defined(declarations[lastContaining + 1]).occurredAt }
  }
  if (former !== undefined && !after.isAssertedBy(edge, former.runId)) return causedBy('run', former, after)
  const successes = after.successes(to, edge)
  const lastAsserting = successes.findLastIndex((run) => asserts(run, from, to))
  return causedBy('run', defined(successes[lastAsserting + 1]), after)
}

/** Rule: the end that is dropped; of two the one dropped later, `from` at a tie. */
function droppedEnd({ from, to }: ReferenceEdgeName, after: ReferenceGraph): ReferenceCause {
  const drops = [from, to]
    .filter((end) => after.isDropped(end))
    .map((asset) => ({ kind: 'dropped' as const, asset, at: defined(after.lastDropOf(asset)) }))
  return defined(drops.sort((a, b) => b.at - a.at)[0])
}

/** Rule: the time of a cause is the end of the run by the later fold or, while it has not ended, its last event. */
function causedBy(
  kind: 'run' | 'restored',
  { jobNamespace, jobName, runId }: EndedRun,
  after: ReferenceGraph,
): ReferenceCause {
  const run = defined(after.run({ jobNamespace, jobName, runId }))
  return { kind, jobNamespace, jobName, runId, at: run.endedAt ?? run.lastEventAt }
}

/** The rules guarantee a value; without one they contradict each other. */
function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The rules of the reference contradict each other.')
  return value
}
