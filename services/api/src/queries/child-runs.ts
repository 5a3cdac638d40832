import type { Ask } from '../ask.ts'
import type { RunOutcome } from '../contract.ts'
import { placeOrder, runOutcomeColumns } from './run-columns.ts'

export type ChildRunRow = RunOutcome & {
  readonly parentJobNamespace: string
  readonly parentJobName: string
  /** Of all children of this parent. */
  readonly siblings: number
}

/** Runs whose parent has this id: the latest `limit` of each parent. Their keys are found first, so that FINAL reads only those. */
export function childRuns(ask: Ask, parentRunId: string, limit: number): Promise<readonly ChildRunRow[]> {
  return ask(
    'child-runs',
    `SELECT ${runOutcomeColumns}, parent_job_namespace AS parentJobNamespace, parent_job_name AS parentJobName,
       count() OVER (PARTITION BY parent_job_namespace, parent_job_name) AS siblings
     FROM runs AS r FINAL
     WHERE (job_namespace, job_name, run_id) IN (
         SELECT job_namespace, job_name, run_id FROM runs WHERE parent_run_id = {parentRunId:String})
       AND parent_run_id = {parentRunId:String}
     ORDER BY ${placeOrder} LIMIT {limit:UInt32} BY parent_job_namespace, parent_job_name`,
    { parentRunId, limit },
  )
}
