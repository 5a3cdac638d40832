import type { Ask } from '../ask.ts'
import type { JobKey, RunPlace, RunState } from '../asset-catalog.ts'
import type { RunSummary } from '../contract.ts'
import { afterPlace, placeOrder, runOutcomeColumns } from './run-columns.ts'

const summaryColumns = `${runOutcomeColumns}, nullIf(toString(job_type), '') AS jobType,
  nominal_start AS nominalStart, nominal_end AS nominalEnd, outputs`

export type RunRow = RunSummary & {
  readonly producer: string
  /** JSON object. */
  readonly metadata: string
  readonly inputSets: readonly string[]
  readonly parentJobNamespace: string
  readonly parentJobName: string
  readonly parentRunId: string
  readonly rootJobNamespace: string
  readonly rootJobName: string
  readonly rootRunId: string
}

/** The runs of one id, by job. Their jobs are found in run_events, which is sorted by run id. */
export function runsById(ask: Ask, runId: string): Promise<readonly RunRow[]> {
  return ask(
    'runs-by-id',
    `SELECT ${summaryColumns}, toString(producer) AS producer, metadata,
       arrayMap(id -> toString(id), input_sets) AS inputSets,
       parent_job_namespace AS parentJobNamespace, parent_job_name AS parentJobName, parent_run_id AS parentRunId,
       root_job_namespace AS rootJobNamespace, root_job_name AS rootJobName, root_run_id AS rootRunId
     FROM runs AS r FINAL
     WHERE (job_namespace, job_name, run_id) IN (
       SELECT job_namespace, job_name, run_id FROM run_events
       WHERE run_key = cityHash64({runId:String}) AND run_id = {runId:String})
     ORDER BY job_namespace, job_name`,
    { runId },
  )
}

/** Runs of one job, latest first. */
export function runsOfJob(
  ask: Ask,
  {
    jobNamespace,
    jobName,
    state,
    after,
    limit,
  }: JobKey & { readonly state?: RunState | undefined; readonly after?: RunPlace | undefined; readonly limit: number },
): Promise<readonly RunSummary[]> {
  const conditions = ['job_namespace = {ofNamespace:String} AND job_name = {ofName:String}']
  if (state !== undefined) conditions.push('r.state = {state:String}')
  if (after !== undefined) conditions.push(afterPlace)
  return ask(
    'runs-of-job',
    `SELECT ${summaryColumns} FROM runs AS r FINAL WHERE ${conditions.join(' AND ')}
     ORDER BY ${placeOrder} LIMIT {limit:UInt32}`,
    { ofNamespace: jobNamespace, ofName: jobName, state, ...after, limit },
  )
}
