import type { Edge, EdgeChoice, EdgeEvidence } from '@headwater/lineage'
import { compare } from '../../answers/compare.ts'

/** Ended runs of one job that wrote one asset and read the same. Times are epoch milliseconds. */
export type RunGroup = {
  readonly asset: string
  readonly jobNamespace: string
  readonly jobName: string
  /** The inputs were stated for this asset. */
  readonly isExplicit: boolean
  /** The inputs are the union of these sets. */
  readonly inputSets: readonly string[]
  /** How many of them succeeded; the rest failed or were aborted. The next three are of those that succeeded. */
  readonly runs: number
  readonly failedRuns: number
  readonly firstSeen: number
  readonly lastSeen: number
  /** The latest, by when it ended and its id. */
  readonly lastRunId: string
}

/** All groups of one asset and job, and of these those whose inputs are the edges asked for. */
export type ChosenGroups = {
  readonly asset: string
  readonly groups: readonly RunGroup[]
  readonly chosen: readonly RunGroup[]
  /** That of the latest success; undefined when there is none. */
  readonly current: RunGroup | undefined
}

export function choose(groups: readonly RunGroup[], choice: EdgeChoice): readonly ChosenGroups[] {
  const histories = new Map<string, RunGroup[]>()
  for (const group of groups) {
    const id = JSON.stringify([group.asset, group.jobNamespace, group.jobName])
    const history = histories.get(id)
    if (history === undefined) histories.set(id, [group])
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

/** The assets that one is made of by an input set. */
export type InputsOf = (setId: string, asset: string) => readonly string[]

/** That an edge goes through a job, and how that is known. */
export type LinkEvidence = { readonly from: string; readonly to: string; readonly evidence: EdgeEvidence }

/**
 * Edges of the chosen groups to those of their inputs that `inputsOf` gives, with evidence from all groups.
 * @param declared what jobs declare beside what they ran
 */
export function chosenEdges(
  histories: readonly ChosenGroups[],
  inputsOf: InputsOf,
  declared: readonly LinkEvidence[] = [],
): readonly Edge[] {
  const edges = new Map<string, Edge & { readonly jobs: EdgeEvidence[] }>()
  const add = (from: string, to: string, evidence: EdgeEvidence) => {
    const id = `${from}\n${to}` // keys cannot hold a line feed
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
  { groups, chosen, current }: ChosenGroups,
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
  compare(a.jobNamespace, b.jobNamespace) || compare(a.jobName, b.jobName)
