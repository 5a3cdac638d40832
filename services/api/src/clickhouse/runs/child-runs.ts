import { foldedRuns } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { RunOutcome } from '../../contract/index.ts'
import type { Tables } from '../tables.ts'
import { placeOrder, runOutcomeColumns } from './run-columns.ts'

export type ChildRunRow = RunOutcome & {
  readonly parentJobNamespace: string
  readonly parentJobName: string
  /** Number of all children of this parent. */
  readonly siblings: number
}

/** The latest `limit` children of each run with this id. An index of parents finds them; then all their rows are folded. */
export function childRuns(
  { query }: Tables,
  parentRunId: string,
  limit: number,
  moment: Moment,
): Promise<readonly ChildRunRow[]> {
  return query(
    'child-runs',
    `SELECT ${runOutcomeColumns}, parent.1 AS parentJobNamespace, parent.2 AS parentJobName,
       count() OVER (PARTITION BY parent.1, parent.2) AS siblings
     FROM ${foldedRuns(
       `(f.job_namespace, f.job_name, f.run_id) IN (
         SELECT job_namespace, job_name, run_id FROM run_facts WHERE parent_run_id = {parentRunId:String})`,
       moment,
     )}
     WHERE parent.3 = {parentRunId:String}
     ORDER BY ${placeOrder} LIMIT {limit:UInt32} BY parentJobNamespace, parentJobName`,
    { parentRunId, limit, ...moment },
  )
}
