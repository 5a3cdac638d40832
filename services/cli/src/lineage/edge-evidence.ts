import type { EdgeEvidence } from '@headwater/api/contract'
import { counted } from '../terminal/counted.ts'
import { printable } from '../terminal/printable.ts'
import { formatUtc } from '../terminal/utc.ts'
import { wrapParts } from '../terminal/wrap-parts.ts'

/** The evidence of an edge, job by job, in lines of at most `width`; jobs whose latest success asserts the edge come first. */
export function edgeEvidence(jobs: readonly EdgeEvidence[], width: number | undefined): readonly string[] {
  return currentFirst(jobs).flatMap((evidence) => wrapParts(evidenceParts(evidence), width))
}

/** The name of a job, as namespace/name. */
export const jobText = ({ jobNamespace, jobName }: { readonly jobNamespace: string; readonly jobName: string }) =>
  printable(`${jobNamespace}/${jobName}`)

export const currentFirst = (jobs: readonly EdgeEvidence[]): readonly EdgeEvidence[] =>
  jobs.toSorted((a, b) => Number(b.current) - Number(a.current))

export const isCurrent = (jobs: readonly EdgeEvidence[]): boolean => jobs.some(({ current }) => current)

/** For an edge that is no longer current: the last day on which a success asserted it. */
export function notCurrentMark(jobs: readonly EdgeEvidence[]): string {
  if (jobs.length === 0 || isCurrent(jobs)) return ''
  const last = jobs.map(({ lastSeen }) => lastSeen).toSorted()
  return ` (until ${last.at(-1)?.slice(0, 10)})`
}

function evidenceParts(evidence: EdgeEvidence): readonly string[] {
  const { firstSeen, lastSeen, runs, failedRuns, current } = evidence
  return [
    jobText(evidence),
    ...assertionParts(evidence),
    `${counted(runs, 'run')}${failedRuns === 0 ? '' : `, ${failedRuns.toLocaleString('en-US')} failed`}`,
    firstSeen === lastSeen ? formatUtc(lastSeen) : `${formatUtc(firstSeen)} to ${formatUtc(lastSeen)}`,
    ...(current ? [] : ['no longer current']),
  ]
}

function assertionParts({ runId, assertion }: EdgeEvidence): readonly string[] {
  switch (assertion) {
    case 'run':
      return [`run ${printable(runId)}`, 'an input of the run']
    case 'explicit':
      return [`run ${printable(runId)}`, 'reported for this asset']
    case 'declared':
      return ['declared']
    default:
      return assertion satisfies never
  }
}
