import { elementsOf, within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { Check } from '../../contract/index.ts'
import type { KeyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'

/** A check with its run in separate columns, which are empty outside runs. */
export type LatestCheckRow = Omit<Check, 'run'> & {
  readonly jobNamespace: string
  readonly jobName: string
  readonly runId: string
}

/** The latest result of each check of one asset. */
export function latestChecks(
  { query }: Tables,
  { keys }: KeyScope,
  moment: Moment,
): Promise<readonly LatestCheckRow[]> {
  return query(
    'latest-checks',
    `SELECT name, nullIf(column, '') AS column, latest.1 AS severity, latest.2 AS status,
       nullIf(latest.3, '') AS expected, nullIf(latest.4, '') AS actual, nullIf(latest.5, '') AS message,
       latest.6 AS occurredAt, latest.7 AS jobNamespace, latest.8 AS jobName, latest.9 AS runId
     FROM (
       SELECT name, column, argMax(
         (toString(severity), toString(status), expected, actual, message, occurred_at, job_namespace, job_name, run_id),
         (occurred_at, fact_id, ordinal)
       ) AS latest
       FROM checks WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND ${within(moment)} GROUP BY name, column
     ) ORDER BY name, ifNull(column, '')`,
    { keys, ...moment },
  )
}
