import type { AliasIndex, EdgeChoice, EdgeEvidence } from '@headwater/lineage'
import type { ChosenGroups, InputsOf, LinkEvidence, RunGroup } from './chosen-edges.ts'

/** That a job says, outside its runs, that it makes `to` from `from`. Times are epoch milliseconds. */
export type DeclaredLink = {
  readonly from: string
  readonly to: string
  readonly jobNamespace: string
  readonly jobName: string
  /** When it was first and last said. */
  readonly firstSeen: number
  readonly lastSeen: number
  /** The latest that the job declares says it. */
  readonly isLatest: boolean
}

/** Links between what keys mean: those of one job that have become one are joined. None leads from what an asset was called to it. */
export function joinedLinks(
  links: readonly DeclaredLink[],
  { canonical, isFormer }: Pick<AliasIndex, 'canonical' | 'isFormer'>,
): readonly DeclaredLink[] {
  const joined = new Map<string, DeclaredLink>()
  for (const observed of links) {
    if (isFormer(observed.from) && observed.from !== observed.to && canonical(observed.from) === canonical(observed.to))
      continue
    const link = { ...observed, from: canonical(observed.from), to: canonical(observed.to) }
    const id = JSON.stringify([link.from, link.to, link.jobNamespace, link.jobName])
    const { firstSeen, lastSeen, isLatest } = joined.get(id) ?? link
    joined.set(id, {
      ...link,
      firstSeen: Math.min(firstSeen, link.firstSeen),
      lastSeen: Math.max(lastSeen, link.lastSeen),
      isLatest: isLatest || link.isLatest,
    })
  }
  return [...joined.values()]
}

/**
 * Evidence of the declared links that the choice takes. What ran wins: a link that a success asserts has its evidence from runs, and
 * once a success of the job has written the asset nothing that it declares of it is current.
 * @param histories of the jobs and assets of the links; where one is missing the job has not ended a run that wrote the asset
 * @param inputsOf of those inputs at least that are ends of links
 */
export function declaredEvidence(
  links: readonly DeclaredLink[],
  histories: readonly ChosenGroups[],
  inputsOf: InputsOf,
  choice: EdgeChoice,
): readonly LinkEvidence[] {
  if (links.length === 0) return []
  const byWriter = new Map(histories.map((history) => [writerOf(history.groups[0]), history]))
  return links.flatMap((link) => {
    const history = byWriter.get(writerOf({ asset: link.to, ...link }))
    const asserting = (history?.groups ?? []).filter(({ inputSets }) =>
      inputSets.some((setId) => inputsOf(setId, link.to).includes(link.from)),
    )
    if (asserting.some(({ runs }) => runs > 0)) return []
    const failedRuns = asserting.reduce((sum, group) => sum + group.failedRuns, 0)
    const evidence = evidenceOf(link, failedRuns, history?.current === undefined && link.isLatest)
    return isChosen(evidence, choice) ? [{ from: link.from, to: link.to, evidence }] : []
  })
}

const writerOf = (of: Pick<RunGroup, 'asset' | 'jobNamespace' | 'jobName'> | undefined) =>
  JSON.stringify([of?.asset, of?.jobNamespace, of?.jobName])

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
