import type { EdgeEvidence } from '@headwater/api/contract'
import { counted } from '../terminal/counted.ts'
import { printable } from '../terminal/printable.ts'
import { formatUtc } from '../terminal/utc.ts'
import { wrapParts } from '../terminal/wrap-parts.ts'

/** How an edge is known, job by job, in lines of at most `width`; those of jobs whose latest success asserts it come first. */
export function edgeEvidence(jobs: readonly EdgeEvidence[], width: number | undefined): readonly string[] {
  return currentFirst(jobs).flatMap((evidence) => wrapParts(evidenceParts(evidence), width))
}

/** A job as people name it. */
export const jobText = ({ jobNamespace, jobName }: { readonly jobNamespace: string; readonly jobName: string }) =>
  printable(`${jobNamespace}/${jobName}`)

export const currentFirst = (jobs: readonly EdgeEvidence[]): readonly EdgeEvidence[] =>
  jobs.toSorted((a, b) => Number(b.current) - Number(a.current))

export const isCurrent = (jobs: readonly EdgeEvidence[]): boolean => jobs.some(({ current }) => current)

/** Where no job's latest success asserts an edge: until when one did. */
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
    `${counted(runs, 'run')}${failedRuns === 0 ? '' : `, and ${failedRuns.toLocaleString('en-US')} that failed`}`,
    firstSeen === lastSeen ? formatUtc(lastSeen) : `${formatUtc(firstSeen)} to ${formatUtc(lastSeen)}`,
    ...(current ? [] : ['no longer current']),
  ]
}

function assertionParts({ runId, assertion }: EdgeEvidence): readonly string[] {
  switch (assertion) {
    case 'run':
      return [`run ${printable(runId)}`, 'an input of the run']
    case 'explicit':
      return [`run ${printable(runId)}`, 'stated for this asset']
    case 'declared':
      return ['declared']
    default:
      return assertion satisfies never
  }
}
