import { foldedRuns } from '@headwater/clickhouse'
import type { JobIdentity, Moment } from '@headwater/lineage'
import type { RunOutcome } from '../../contract/index.ts'
import type { Tables } from '../tables.ts'

/** The latest run of a job in one state, and what all runs in that state wrote. */
export type JobRunsRow = RunOutcome & {
  readonly jobType: string | null
  readonly count: number
  /** All input sets of that run, those of single outputs included. */
  readonly inputSets: readonly string[]
  readonly outputs: readonly string[]
}

/** The runs of a job by state, without expired ones. */
export function jobRunsByState({ query }: Tables, job: JobIdentity, moment: Moment): Promise<readonly JobRunsRow[]> {
  return query(
    'job-runs-by-state',
    `SELECT {jobNamespace:String} AS jobNamespace, {jobName:String} AS jobName, latest.1 AS runId, toString(outcome) AS state,
       latest.2 AS startedAt, latest.3 AS endedAt, latest.4 AS lastEventAt, latest.5 AS by, latest.6 AS error,
       latest.7 AS jobType, count, arrayMap(id -> toString(id), latest.8) AS inputSets, outputs
     FROM (
       SELECT state AS outcome, count() AS count, groupUniqArrayArray(written) AS outputs,
         argMax((run_id, started_at, ended_at, last_event_at, done_by, error, job_type, read), (placed_at, run_id)) AS latest
       FROM (
         SELECT *, outputs AS written,
           arrayFilter(id -> id > 1, arrayDistinct(arrayConcat(input_sets, arrayMap(pair -> pair.2, own_sets)))) AS read
         FROM ${foldedRuns('f.job_namespace = {jobNamespace:String} AND f.job_name = {jobName:String}', moment)}
       ) GROUP BY state
     )`,
    { ...job, ...moment },
  )
}
