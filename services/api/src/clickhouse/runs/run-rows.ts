import { foldedRuns } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { RunReader } from '../../catalog/run-reader.ts'
import type { RunSummary } from '../../contract/index.ts'
import type { Tables } from '../tables.ts'
import { afterPlace, placeOrder, runOutcomeColumns } from './run-columns.ts'

const summaryColumns = `${runOutcomeColumns}, job_type AS jobType,
  nominal_start AS nominalStart, nominal_end AS nominalEnd, outputs`

export type RunRow = RunSummary & {
  readonly producer: string
  /** JSON objects, the latest last. */
  readonly metadata: readonly string[]
  readonly inputSets: readonly string[]
  readonly parentJobNamespace: string
  readonly parentJobName: string
  readonly parentRunId: string
  readonly rootJobNamespace: string
  readonly rootJobName: string
  readonly rootRunId: string
}

/** The runs with one id, by job. An index of run ids finds their jobs, so only the rows of these runs are folded. */
export function runsById({ query }: Tables, runId: string, moment: Moment): Promise<readonly RunRow[]> {
  return query(
    'runs-by-id',
    `SELECT ${summaryColumns}, producer, metadata, arrayMap(id -> toString(id), input_sets) AS inputSets,
       parent.1 AS parentJobNamespace, parent.2 AS parentJobName, parent.3 AS parentRunId,
       root.1 AS rootJobNamespace, root.2 AS rootJobName, root.3 AS rootRunId
     FROM ${foldedRuns('f.run_id = {runId:String}', moment)}
     ORDER BY job_namespace, job_name`,
    { runId, ...moment },
  )
}

/** Up to `limit` runs of one job, latest first. */
export function runsOfJob(
  { query }: Tables,
  { jobNamespace, jobName, state, after, limit, moment }: Parameters<RunReader['ofJob']>[0],
): Promise<readonly RunSummary[]> {
  const conditions = ['true']
  if (state !== undefined) conditions.push('state = {state:String}')
  if (after !== undefined) conditions.push(afterPlace)
  return query(
    'runs-of-job',
    `SELECT ${summaryColumns}
     FROM (
       SELECT * FROM ${foldedRuns('f.job_namespace = {ofNamespace:String} AND f.job_name = {ofName:String}', moment)}
       WHERE ${conditions.join(' AND ')}
     )
     ORDER BY ${placeOrder} LIMIT {limit:UInt32}`,
    { ofNamespace: jobNamespace, ofName: jobName, state, ...after, limit, ...moment },
  )
}
