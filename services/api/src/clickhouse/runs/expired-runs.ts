import { elementsOf, timeParameter } from '@headwater/clickhouse'
import { type JobIdentity, jobKey } from '@headwater/lineage'
import type { RunState } from '../../catalog/run-reader.ts'
import type { KeyScope } from '../key-scope.ts'
import { parameterRows } from '../parameter-rows.ts'
import type { Tables } from '../tables.ts'

/** SQL: true for the sums of runs that ended before {horizon}. */
export const ofHorizon = `horizon = ${timeParameter('horizon')}`

/** How many runs that wrote the asset of the scope have expired, by state. A run that wrote it under two keys counts twice. */
export async function expiredByState(
  { query }: Tables,
  { keys }: KeyScope,
  horizon: number | undefined,
): Promise<ReadonlyMap<RunState, number>> {
  if (horizon === undefined) return new Map()
  const rows = await query<{ outcome: RunState; count: number }>(
    'expired-by-state',
    `SELECT toString(state) AS outcome, sum(runs) AS count FROM expired_runs FINAL
     WHERE ${ofHorizon} AND asset IN ${elementsOf('{keys:Array(String)}')} GROUP BY state`,
    { keys, horizon },
  )
  return new Map(rows.map(({ outcome, count }) => [outcome, count]))
}

/** How many runs of the job have expired, by state. */
export async function expiredOfJob(
  { query }: Tables,
  job: JobIdentity,
  horizon: number | undefined,
): Promise<ReadonlyMap<RunState, number>> {
  if (horizon === undefined) return new Map()
  const rows = await query<{ outcome: RunState; count: number }>(
    'expired-of-job',
    `SELECT toString(state) AS outcome, sum(runs) AS count FROM expired_runs FINAL
     WHERE ${ofHorizon} AND asset = '' AND job_namespace = {jobNamespace:String} AND job_name = {jobName:String}
     GROUP BY state`,
    { ...job, horizon },
  )
  return new Map(rows.map(({ outcome, count }) => [outcome, count]))
}

/** How many runs of each job have expired, by `jobKey`; jobs without expired runs are left out. */
export async function expiredOfJobs(
  { query }: Tables,
  jobs: readonly JobIdentity[],
  horizon: number | undefined,
): Promise<ReadonlyMap<string, number>> {
  if (horizon === undefined || jobs.length === 0) return new Map()
  const rows = await query<JobIdentity & { count: number }>(
    'expired-of-jobs',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, sum(runs) AS count FROM expired_runs FINAL
     WHERE ${ofHorizon} AND asset = '' AND (job_namespace, job_name) IN (${parameterRows('namespaces', 'names')})
     GROUP BY job_namespace, job_name`,
    {
      namespaces: jobs.map(({ jobNamespace }) => jobNamespace),
      names: jobs.map(({ jobName }) => jobName),
      horizon,
    },
  )
  return new Map(rows.map(({ count, ...job }) => [jobKey(job), count]))
}
