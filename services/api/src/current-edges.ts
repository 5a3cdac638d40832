import type { Edge, EdgeEvidence } from '@headwater/lineage'

/** Successful runs of one job that wrote one asset and read the same. Times are epoch milliseconds. */
export type SuccessGroup = {
  readonly asset: string
  readonly jobNamespace: string
  readonly jobName: string
  /** The inputs were stated for this asset. */
  readonly isExplicit: boolean
  /** The inputs are the union of these sets. */
  readonly inputSets: readonly string[]
  readonly firstSeen: number
  readonly lastSeen: number
  readonly runs: number
  /** The latest run, by when it ended and its id. */
  readonly lastRunId: string
}

/** Of each asset and job the group of the latest run: it says the current edges. */
export function currentGroups(groups: readonly SuccessGroup[]): ReadonlyMap<SuccessGroup, readonly SuccessGroup[]> {
  const histories = new Map<string, SuccessGroup[]>()
  for (const group of groups) {
    const id = JSON.stringify([group.asset, group.jobNamespace, group.jobName])
    const history = histories.get(id)
    if (history === undefined) histories.set(id, [group])
    else history.push(group)
  }
  return new Map([...histories.values()].map((history) => [history.reduce(later), history] as const))
}

/**
 * Edges of the current groups to those of their inputs that `inputsOf` gives, with evidence from all groups.
 * @param inputsOf members of an input set
 */
export function currentEdges(
  groups: readonly SuccessGroup[],
  inputsOf: (setId: string) => readonly string[],
): readonly Edge[] {
  const edges = new Map<string, Edge & { readonly jobs: EdgeEvidence[] }>()
  for (const [current, history] of currentGroups(groups)) {
    const evidence = new Map(membersOf(current, inputsOf).map((from) => [from, evidenceOf(current)]))
    for (const group of history) {
      if (group === current) continue
      for (const from of membersOf(group, inputsOf)) {
        const known = evidence.get(from)
        if (known === undefined) continue
        const firstSeen = Math.min(known.firstSeen, group.firstSeen)
        evidence.set(from, { ...known, firstSeen, runs: known.runs + group.runs })
      }
    }
    for (const [from, job] of evidence) {
      const id = `${from}\n${current.asset}` // keys cannot hold a line feed
      const edge = edges.get(id)
      if (edge === undefined) edges.set(id, { from, to: current.asset, jobs: [job] })
      else edge.jobs.push(job)
    }
  }
  for (const { jobs } of edges.values()) jobs.sort(byJob)
  return [...edges.values()]
}

const later = (a: SuccessGroup, b: SuccessGroup): SuccessGroup =>
  a.lastSeen > b.lastSeen || (a.lastSeen === b.lastSeen && a.lastRunId > b.lastRunId) ? a : b

const membersOf = ({ inputSets }: SuccessGroup, inputsOf: (setId: string) => readonly string[]): readonly string[] =>
  inputSets.length === 1 ? inputsOf(inputSets[0] ?? '') : [...new Set(inputSets.flatMap(inputsOf))]

const evidenceOf = (group: SuccessGroup): EdgeEvidence => ({
  jobNamespace: group.jobNamespace,
  jobName: group.jobName,
  runId: group.lastRunId,
  assertion: group.isExplicit ? 'explicit' : 'run',
  firstSeen: group.firstSeen,
  lastSeen: group.lastSeen,
  runs: group.runs,
})

const byJob = (a: EdgeEvidence, b: EdgeEvidence): number =>
  compare(a.jobNamespace, b.jobNamespace) || compare(a.jobName, b.jobName)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
