import { type AliasIndex, compareKeys, type Moment } from '@headwater/lineage'
import type { JobKey, Slice } from '../../catalog/asset-catalog.ts'
import type { JobCard, JobSummary } from '../../contract/index.ts'
import { parsed } from '../assets/asset-card.ts'
import { canonicalKeys } from '../key-scope.ts'
import { sliceOf } from '../page-of-rows.ts'
import type { Ask } from '../query.ts'
import { expiredOfJobs } from '../runs/expired-runs.ts'
import { type DeclaredJobRow, declaredJobs } from './declared-jobs.ts'
import type { JobFilter } from './job-filter.ts'
import { hiddenJobs, type JobRow, jobRows, shownOutputs } from './job-rows.ts'

/** A page of the jobs that ran or were declared, by namespace and name. */
export async function listJobs(
  ask: Ask,
  aliases: AliasIndex,
  filter: JobFilter,
  limit: number,
  moment: Moment,
): Promise<Slice<JobSummary, JobKey> & { readonly hidden: number }> {
  const [ran, declared] = await Promise.all([
    jobRows(ask, aliases, filter, limit + 1, moment),
    declaredJobs(ask, filter, limit + 1, moment),
  ])
  const summaries = [...ran.map((row) => ofRuns(row, aliases)), ...declared.map((row) => ofDeclaration(row, aliases))]
    .sort((a, b) => compareKeys(a.jobNamespace, b.jobNamespace) || compareKeys(a.jobName, b.jobName))
    .slice(0, limit + 1)
  const [expired, hidden] = await Promise.all([
    expiredOfJobs(ask, summaries, moment.horizon),
    hiddenJobs(ask, filter, summaries[limit] && summaries[limit - 1], moment),
  ])
  const slice = sliceOf(
    summaries.map((summary, index) => ({ ...summary, runs: summary.runs + (expired[index] ?? 0) })),
    limit,
    (summary): JobSummary => summary,
    ({ jobNamespace, jobName }) => ({ jobNamespace, jobName }),
  )
  return { ...slice, hidden }
}

function ofRuns({ jobType, runs, outputs, outputCount, touched, ...lastRun }: JobRow, aliases: AliasIndex): JobSummary {
  const { jobNamespace, jobName } = lastRun
  const others = canonicalKeys(aliases, touched)
  const shown = [...outputs, ...others].sort(compareKeys).slice(0, shownOutputs)
  return {
    ...{ jobNamespace, jobName, jobType, runs, lastRun },
    ...{ outputs: shown, outputCount: outputCount + others.length },
  }
}

function ofDeclaration({ type, lineage, ...job }: DeclaredJobRow, aliases: AliasIndex): JobSummary {
  const declared = parsed<JobCard['declared']>(lineage) ?? []
  const outputs = [...new Set(declared.map(({ output }) => aliases.canonical(output)))].sort(compareKeys)
  return {
    ...{ ...job, jobType: parsed<string>(type) ?? null, runs: 0, lastRun: null },
    ...{ outputs: outputs.slice(0, shownOutputs), outputCount: outputs.length },
  }
}
