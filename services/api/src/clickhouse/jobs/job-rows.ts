import { foldedRuns } from '@headwater/clickhouse'
import type { JobIdentity, Moment } from '@headwater/lineage'
import type { RunOutcome } from '../../contract/index.ts'
import { aliasParameters, mayHaveAliases } from '../aliases/may-have-aliases.ts'
import type { Tables } from '../tables.ts'
import { type JobSearch, jobConditions } from './job-conditions.ts'

export type JobRow = RunOutcome & {
  readonly jobType: string | null
  readonly runs: number
  /** The first outputs, and the number of all, without `aliasedOutputs`. */
  readonly outputs: readonly string[]
  readonly outputCount: number
  /** Observed keys of outputs that may have aliases. */
  readonly aliasedOutputs: readonly string[]
}

export const shownOutputs = 20

/** SQL, over run facts grouped by job: true for jobs that wrote an asset or have a run without parent. */
const isShown = "(countIf(notEmpty(outputs)) > 0 OR uniqExact(run_id) > uniqExactIf(run_id, parent_run_id != ''))"

/** Jobs with runs, sorted by namespace and name, each with its latest run. Selects the jobs of the page first, so only their runs are folded. */
export function jobRows(
  { query, aliases }: Tables,
  search: JobSearch,
  limit: number,
  moment: Moment,
): Promise<readonly JobRow[]> {
  return query(
    'job-rows',
    `SELECT * EXCEPT (plainOutputs) FROM (
     SELECT jobNamespace, jobName, runs, latest.1 AS runId, latest.2 AS state, latest.3 AS startedAt, latest.4 AS endedAt,
       latest.5 AS lastEventAt, latest.6 AS by, latest.7 AS error, latest.8 AS jobType,
       ${aliases.isEmpty ? '[]' : `arrayFilter(output -> ${mayHaveAliases('output')}, written)`} AS aliasedOutputs,
       ${aliases.isEmpty ? 'written' : 'arrayFilter(output -> NOT has(aliasedOutputs, output), written)'} AS plainOutputs,
       arraySlice(arraySort(plainOutputs), 1, ${shownOutputs}) AS outputs, length(plainOutputs) AS outputCount
     FROM (
       SELECT job_namespace AS jobNamespace, job_name AS jobName, count() AS runs, groupUniqArrayArray(outputs) AS written,
         argMax(
           (run_id, toString(state), started_at, ended_at, last_event_at, done_by, error, job_type),
           (placed_at, run_id)
         ) AS latest
       FROM ${foldedRuns(
         `(f.job_namespace, f.job_name) IN (
           SELECT job_namespace, job_name FROM run_facts WHERE ${jobConditions(search, moment)}
           GROUP BY job_namespace, job_name ${search.children ? '' : `HAVING ${isShown}`} ORDER BY job_namespace, job_name LIMIT {limit:UInt32})`,
         moment,
       )}
       GROUP BY job_namespace, job_name
     )) ORDER BY jobNamespace, jobName`,
    { q: search.q, namespace: search.namespace, ...search.after, limit, ...moment, ...aliasParameters(aliases) },
  )
}

/** How many child jobs are left out after `after`, and before `last` where it is given. */
export async function hiddenJobs(
  { query }: Tables,
  search: JobSearch,
  last: JobIdentity | undefined,
  moment: Moment,
): Promise<number> {
  if (search.children) return 0
  const upTo = last === undefined ? '' : 'AND (job_namespace, job_name) < ({lastNamespace:String}, {lastName:String})'
  const [row] = await query<{ hidden: number }>(
    'hidden-jobs',
    `SELECT count() AS hidden FROM (
       SELECT 1 FROM run_facts WHERE ${jobConditions(search, moment)} ${upTo}
       GROUP BY job_namespace, job_name HAVING NOT ${isShown})`,
    {
      ...{ q: search.q, namespace: search.namespace, ...search.after, ...moment },
      ...{ lastNamespace: last?.jobNamespace, lastName: last?.jobName },
    },
  )
  return row?.hidden ?? 0
}
