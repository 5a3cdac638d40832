import { type AliasIndex, compareKeys, type JobIdentity, jobKey } from '@headwater/lineage'
import type { JobReader } from '../../catalog/job-reader.ts'
import type { Page } from '../../catalog/page.ts'
import type { JobCard, JobSummary } from '../../contract/index.ts'
import { factValue } from '../fact-values.ts'
import { canonicalKeys } from '../key-scope.ts'
import { pageOf } from '../page-of-rows.ts'
import { expiredOfJobs } from '../runs/expired-runs.ts'
import type { Tables } from '../tables.ts'
import { type DeclaredJobRow, declaredJobs } from './declared-jobs.ts'
import { hiddenJobs, type JobRow, jobRows, shownOutputs } from './job-rows.ts'

type Filter = Parameters<JobReader['list']>[0]

/** A page of the jobs that ran or were declared, sorted by namespace and name. */
export async function listJobs(
  tables: Tables,
  { limit, moment, ...filter }: Filter,
): Promise<Page<JobSummary, JobIdentity> & { readonly hidden: number }> {
  const { aliases } = tables
  const [ran, declared] = await Promise.all([
    jobRows(tables, filter, limit + 1, moment),
    declaredJobs(tables, filter, limit + 1, moment),
  ])
  const summaries = [
    ...ran.map((row) => summaryOfRuns(row, aliases)),
    ...declared.map((row) => summaryOfDeclaration(row, aliases)),
  ]
    .sort((a, b) => compareKeys(a.jobNamespace, b.jobNamespace) || compareKeys(a.jobName, b.jobName))
    .slice(0, limit + 1)
  const [expired, hidden] = await Promise.all([
    expiredOfJobs(tables, summaries, moment.horizon),
    hiddenJobs(tables, filter, summaries[limit] && summaries[limit - 1], moment),
  ])
  const page = pageOf(
    summaries,
    limit,
    (summary): JobSummary => ({ ...summary, runs: summary.runs + (expired.get(jobKey(summary)) ?? 0) }),
    ({ jobNamespace, jobName }) => ({ jobNamespace, jobName }),
  )
  return { ...page, hidden }
}

function summaryOfRuns(
  { jobType, runs, outputs, outputCount, aliasedOutputs, ...lastRun }: JobRow,
  aliases: AliasIndex,
): JobSummary {
  const { jobNamespace, jobName } = lastRun
  const resolved = canonicalKeys(aliases, aliasedOutputs)
  const shown = [...outputs, ...resolved].sort(compareKeys).slice(0, shownOutputs)
  return {
    ...{ jobNamespace, jobName, jobType, runs, lastRun },
    ...{ outputs: shown, outputCount: outputCount + resolved.length },
  }
}

function summaryOfDeclaration({ type, lineage, ...job }: DeclaredJobRow, aliases: AliasIndex): JobSummary {
  const declared = factValue<JobCard['declared']>(lineage) ?? []
  const outputs = [...new Set(declared.map(({ output }) => aliases.canonical(output)))].sort(compareKeys)
  return {
    ...{ ...job, jobType: factValue<string>(type) ?? null, runs: 0, lastRun: null },
    ...{ outputs: outputs.slice(0, shownOutputs), outputCount: outputs.length },
  }
}
