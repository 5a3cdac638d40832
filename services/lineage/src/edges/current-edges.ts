import type { Edge, EdgeEvidence } from '../graph/lineage-answer.ts'
import { compareKeys } from '../identity/aliases/alias-row.ts'
import type { EdgeChoice } from '../time/moment.ts'
import { type Writer, writerKey } from './job-edge.ts'

/** Ended runs of one writer that read the same input sets. Times are epoch milliseconds. */
export type RunGroup = Writer & {
  /** The inputs were reported for this asset alone, not for the whole run. */
  readonly isExplicit: boolean
  /** The inputs are the union of these sets. */
  readonly inputSets: readonly string[]
  /** Number of successful runs; the rest failed or were aborted. */
  readonly runs: number
  readonly failedRuns: number
  /** End of the first and last successful run, and the id of the last: the greatest id of those that ended last. */
  readonly firstSeen: number
  readonly lastSeen: number
  readonly lastRunId: string
}

/** All run groups of one writer. */
export type WriterHistory = Pick<Writer, 'asset'> & {
  readonly groups: readonly RunGroup[]
  /** The groups whose inputs are edges by the choice. */
  readonly chosen: readonly RunGroup[]
  /** The group of the latest success; undefined where no run succeeded. */
  readonly current: RunGroup | undefined
}

/** Decides for each writer which of its run groups make edges. */
export function writerHistories(groups: readonly RunGroup[], choice: EdgeChoice): readonly WriterHistory[] {
  const histories = new Map<string, RunGroup[]>()
  for (const group of groups) {
    const history = histories.get(writerKey(group))
    if (history === undefined) histories.set(writerKey(group), [group])
    else history.push(group)
  }
  return [...histories.values()].map((history) => {
    const successes = history.filter(({ runs }) => runs > 0)
    const current = successes.reduce<RunGroup | undefined>((a, b) => (a === undefined ? b : later(a, b)), undefined)
    return { asset: history[0]?.asset ?? '', groups: history, chosen: chosenOf(successes, current, choice), current }
  })
}

function chosenOf(successes: readonly RunGroup[], current: RunGroup | undefined, choice: EdgeChoice) {
  switch (choice.kind) {
    case 'current':
      return current === undefined ? [] : [current]
    case 'ever':
      return successes
    case 'seenSince':
      return successes.filter(({ lastSeen }) => lastSeen >= choice.since)
    default:
      return choice satisfies never
  }
}

/** The assets that feed `asset` through an input set. */
export type InputsOf = (setId: string, asset: string) => readonly string[]

/** An edge through one job, and its evidence. */
export type LinkEvidence = { readonly from: string; readonly to: string; readonly evidence: EdgeEvidence }

/**
 * Edges from the inputs of the chosen groups, with evidence from all groups.
 * @param inputsOf may leave out inputs, which then make no edge
 * @param declared evidence of edges that jobs declare
 */
export function currentEdges(
  histories: readonly WriterHistory[],
  inputsOf: InputsOf,
  declared: readonly LinkEvidence[] = [],
): readonly Edge[] {
  const edges = new Map<string, Edge & { readonly jobs: EdgeEvidence[] }>()
  const add = (from: string, to: string, evidence: EdgeEvidence) => {
    const id = `${from}\n${to}` // keys contain no line feeds
    const edge = edges.get(id)
    if (edge === undefined) edges.set(id, { from, to, jobs: [evidence] })
    else edge.jobs.push(evidence)
  }
  for (const history of histories) {
    for (const [from, evidence] of evidenceByInput(history, inputsOf)) add(from, history.asset, evidence)
  }
  for (const { from, to, evidence } of declared) add(from, to, evidence)
  for (const { jobs } of edges.values()) jobs.sort(byJob)
  return [...edges.values()]
}

function evidenceByInput(
  { groups, chosen, current }: WriterHistory,
  inputsOf: InputsOf,
): ReadonlyMap<string, EdgeEvidence> {
  const inputs = new Set(chosen.flatMap((group) => membersOf(group, inputsOf)))
  const asserting = new Map<string, RunGroup>()
  const failures = new Map<string, number>()
  if (inputs.size === 0) return new Map()
  for (const group of groups) {
    for (const from of membersOf(group, inputsOf)) {
      if (!inputs.has(from)) continue
      failures.set(from, (failures.get(from) ?? 0) + group.failedRuns)
      if (group.runs === 0) continue
      const known = asserting.get(from)
      asserting.set(from, known === undefined ? group : joined(known, group))
    }
  }
  const currentInputs = new Set(current === undefined ? [] : membersOf(current, inputsOf))
  return new Map(
    [...asserting].map(([from, group]) => [from, evidenceOf(group, failures.get(from) ?? 0, currentInputs.has(from))]),
  )
}

const joined = (a: RunGroup, b: RunGroup): RunGroup => ({
  ...later(a, b),
  runs: a.runs + b.runs,
  firstSeen: Math.min(a.firstSeen, b.firstSeen),
})

const later = (a: RunGroup, b: RunGroup): RunGroup =>
  a.lastSeen > b.lastSeen || (a.lastSeen === b.lastSeen && a.lastRunId > b.lastRunId) ? a : b

const membersOf = ({ asset, inputSets }: RunGroup, inputsOf: InputsOf): readonly string[] =>
  inputSets.length === 1
    ? inputsOf(inputSets[0] ?? '', asset)
    : [...new Set(inputSets.flatMap((setId) => inputsOf(setId, asset)))]

const evidenceOf = (group: RunGroup, failedRuns: number, current: boolean): EdgeEvidence => ({
  jobNamespace: group.jobNamespace,
  jobName: group.jobName,
  runId: group.lastRunId,
  assertion: group.isExplicit ? 'explicit' : 'run',
  firstSeen: group.firstSeen,
  lastSeen: group.lastSeen,
  runs: group.runs,
  failedRuns,
  current,
})

const byJob = (a: EdgeEvidence, b: EdgeEvidence): number =>
  compareKeys(a.jobNamespace, b.jobNamespace) || compareKeys(a.jobName, b.jobName)
