import { elementsOf, timeParameter } from '@headwater/clickhouse'
import type { JobKey, RunState } from '../../catalog/asset-catalog.ts'
import type { KeyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { rowsOf } from '../rows-of.ts'

/** SQL: true for the sums that hold at {horizon}. */
export const ofHorizon = `horizon = ${timeParameter('horizon')}`

/** How many runs that wrote the one asset have expired, by state. One that wrote it under two keys counts twice: sums do not tell. */
export async function expiredByState(
  ask: Ask,
  { keys }: KeyScope,
  horizon: number | undefined,
): Promise<ReadonlyMap<RunState, number>> {
  if (horizon === undefined) return new Map()
  const rows = await ask<{ outcome: RunState; count: number }>(
    'expired-by-state',
    `SELECT toString(state) AS outcome, sum(runs) AS count FROM expired_runs FINAL
     WHERE ${ofHorizon} AND asset IN ${elementsOf('{keys:Array(String)}')} GROUP BY state`,
    { keys, horizon },
  )
  return new Map(rows.map(({ outcome, count }) => [outcome, count]))
}

/** How many runs of the job have expired, by state. */
export async function expiredOfJob(
  ask: Ask,
  job: JobKey,
  horizon: number | undefined,
): Promise<ReadonlyMap<RunState, number>> {
  if (horizon === undefined) return new Map()
  const rows = await ask<{ outcome: RunState; count: number }>(
    'expired-of-job',
    `SELECT toString(state) AS outcome, sum(runs) AS count FROM expired_runs FINAL
     WHERE ${ofHorizon} AND asset = '' AND job_namespace = {jobNamespace:String} AND job_name = {jobName:String}
     GROUP BY state`,
    { ...job, horizon },
  )
  return new Map(rows.map(({ outcome, count }) => [outcome, count]))
}

/** How many runs of each job have expired; in the order of the jobs. */
export async function expiredOfJobs(
  ask: Ask,
  jobs: readonly JobKey[],
  horizon: number | undefined,
): Promise<readonly number[]> {
  if (horizon === undefined || jobs.length === 0) return jobs.map(() => 0)
  const rows = await ask<JobKey & { count: number }>(
    'expired-of-jobs',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, sum(runs) AS count FROM expired_runs FINAL
     WHERE ${ofHorizon} AND asset = '' AND (job_namespace, job_name) IN (${rowsOf('namespaces', 'names')})
     GROUP BY job_namespace, job_name`,
    {
      namespaces: jobs.map(({ jobNamespace }) => jobNamespace),
      names: jobs.map(({ jobName }) => jobName),
      horizon,
    },
  )
  const counts = new Map(
    rows.map(({ jobNamespace, jobName, count }) => [JSON.stringify([jobNamespace, jobName]), count]),
  )
  return jobs.map(({ jobNamespace, jobName }) => counts.get(JSON.stringify([jobNamespace, jobName])) ?? 0)
}
