import type { EdgeEvidence } from '../graph/lineage-answer.ts'
import type { AliasIndex } from '../identity/aliases/alias-index.ts'
import type { EdgeChoice } from '../time/moment.ts'
import type { InputsOf, LinkEvidence, WriterHistory } from './current-edges.ts'
import { type JobEdge, jobEdgeKey, writerKey, writerOf } from './job-edge.ts'

/** An edge that a job declares outside its runs. Times are epoch milliseconds. */
export type DeclaredLink = JobEdge & {
  /** Times of the first and last declaration that contains the edge. */
  readonly firstSeen: number
  readonly lastSeen: number
  /** The job's latest declaration contains it. */
  readonly isLatest: boolean
}

/** The links between canonical keys; links that become equal are joined. A link from the former key of an asset to the asset is left out. */
export function canonicalLinks(
  links: readonly DeclaredLink[],
  { canonical, isFormer }: Pick<AliasIndex, 'canonical' | 'isFormer'>,
): readonly DeclaredLink[] {
  const joined = new Map<string, DeclaredLink>()
  for (const observed of links) {
    const link = { ...observed, from: canonical(observed.from), to: canonical(observed.to) }
    if (isFormer(observed.from) && observed.from !== observed.to && link.from === link.to) continue
    const key = jobEdgeKey(link)
    const { firstSeen, lastSeen, isLatest } = joined.get(key) ?? link
    joined.set(key, {
      ...link,
      firstSeen: Math.min(firstSeen, link.firstSeen),
      lastSeen: Math.max(lastSeen, link.lastSeen),
      isLatest: isLatest || link.isLatest,
    })
  }
  return [...joined.values()]
}

/**
 * Evidence of the declared links that are edges by the choice. Runs win: a link that a success asserts has its evidence from runs, and
 * once a success of the job has written the asset, nothing that the job declares for the asset is current.
 * @param histories of the writers of the links; one that is missing has not ended a run that wrote the asset
 * @param inputsOf must contain at least the inputs that are ends of links
 */
export function declaredEvidence(
  links: readonly DeclaredLink[],
  histories: readonly WriterHistory[],
  inputsOf: InputsOf,
  choice: EdgeChoice,
): readonly LinkEvidence[] {
  if (links.length === 0) return []
  const byWriter = new Map(
    histories.flatMap((history) => history.groups.slice(0, 1).map((group) => [writerKey(group), history] as const)),
  )
  return links.flatMap((link) => {
    const history = byWriter.get(writerKey(writerOf(link)))
    const asserting = (history?.groups ?? []).filter(({ inputSets }) =>
      inputSets.some((setId) => inputsOf(setId, link.to).includes(link.from)),
    )
    if (asserting.some(({ runs }) => runs > 0)) return []
    const failedRuns = asserting.reduce((sum, group) => sum + group.failedRuns, 0)
    const evidence = evidenceOf(link, failedRuns, history?.current === undefined && link.isLatest)
    return isChosen(evidence, choice) ? [{ from: link.from, to: link.to, evidence }] : []
  })
}

const evidenceOf = (link: DeclaredLink, failedRuns: number, current: boolean): EdgeEvidence => ({
  jobNamespace: link.jobNamespace,
  jobName: link.jobName,
  runId: '',
  assertion: 'declared',
  firstSeen: link.firstSeen,
  lastSeen: link.lastSeen,
  runs: 0,
  failedRuns,
  current,
})

function isChosen({ current, lastSeen }: EdgeEvidence, choice: EdgeChoice): boolean {
  switch (choice.kind) {
    case 'current':
      return current
    case 'ever':
      return true
    case 'seenSince':
      return lastSeen >= choice.since
    default:
      return choice satisfies never
  }
}
