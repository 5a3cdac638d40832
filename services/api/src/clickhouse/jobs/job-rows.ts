import { foldedRuns } from '@headwater/clickhouse'
import type { AliasIndex, Moment } from '@headwater/lineage'
import type { JobKey } from '../../catalog/asset-catalog.ts'
import type { RunOutcome } from '../../contract/index.ts'
import { isTouched, touchParameters } from '../aliases/touched-keys.ts'
import type { Ask } from '../query.ts'
import { type JobFilter, jobConditions } from './job-filter.ts'

export type JobRow = RunOutcome & {
  readonly jobType: string | null
  readonly runs: number
  readonly outputs: readonly string[]
  readonly outputCount: number
  /** Outputs that aliases may concern: these the other two leave out. */
  readonly touched: readonly string[]
}

export const shownOutputs = 20

/** SQL: true for jobs, grouped facts of runs, that ran by themselves or wrote something. */
const isSeen = "(countIf(notEmpty(outputs)) > 0 OR uniqExact(run_id) > uniqExactIf(run_id, parent_run_id != ''))"

/** Jobs by namespace and name, each with its latest run. The page's jobs are found first, so that only their runs are folded. */
export function jobRows(
  ask: Ask,
  index: AliasIndex,
  filter: JobFilter,
  limit: number,
  moment: Moment,
): Promise<readonly JobRow[]> {
  return ask(
    'job-rows',
    `SELECT * EXCEPT (untouched) FROM (
     SELECT jobNamespace, jobName, runs, latest.1 AS runId, latest.2 AS state, latest.3 AS startedAt, latest.4 AS endedAt,
       latest.5 AS lastEventAt, latest.6 AS by, latest.7 AS error, latest.8 AS jobType,
       ${index.isEmpty ? '[]' : `arrayFilter(output -> ${isTouched('output')}, written)`} AS touched,
       ${index.isEmpty ? 'written' : 'arrayFilter(output -> NOT has(touched, output), written)'} AS untouched,
       arraySlice(arraySort(untouched), 1, ${shownOutputs}) AS outputs, length(untouched) AS outputCount
     FROM (
       SELECT job_namespace AS jobNamespace, job_name AS jobName, count() AS runs, groupUniqArrayArray(outputs) AS written,
         argMax(
           (run_id, toString(state), started_at, ended_at, last_event_at, done_by, error, job_type),
           (placed_at, run_id)
         ) AS latest
       FROM ${foldedRuns(
         `(f.job_namespace, f.job_name) IN (
           SELECT job_namespace, job_name FROM run_facts WHERE ${jobConditions(filter, moment)}
           GROUP BY job_namespace, job_name ${filter.children ? '' : `HAVING ${isSeen}`} ORDER BY job_namespace, job_name LIMIT {limit:UInt32})`,
         moment,
       )}
       GROUP BY job_namespace, job_name
     )) ORDER BY jobNamespace, jobName
     SETTINGS optimize_aggregation_in_order = 1`,
    { q: filter.q, namespace: filter.namespace, ...filter.after, limit, ...moment, ...touchParameters(index) },
  )
}

/** How many jobs are left out after `after`, up to `last` where it is given. */
export async function hiddenJobs(
  ask: Ask,
  filter: JobFilter,
  last: JobKey | undefined,
  moment: Moment,
): Promise<number> {
  if (filter.children) return 0
  const upTo = last === undefined ? '' : 'AND (job_namespace, job_name) < ({lastNamespace:String}, {lastName:String})'
  const [row] = await ask<{ hidden: number }>(
    'hidden-jobs',
    `SELECT count() AS hidden FROM (
       SELECT 1 FROM run_facts WHERE ${jobConditions(filter, moment)} ${upTo}
       GROUP BY job_namespace, job_name HAVING NOT ${isSeen})
     SETTINGS optimize_aggregation_in_order = 1`,
    {
      ...{ q: filter.q, namespace: filter.namespace, ...filter.after, ...moment },
      ...{ lastNamespace: last?.jobNamespace, lastName: last?.jobName },
    },
  )
  return row?.hidden ?? 0
}
