import { foldedMaterializations } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { RunOutcome } from '../../contract/index.ts'
import type { KeyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'

export type OutcomeByStateRow = {
  readonly count: number
  /** End of the first failed or aborted run after the latest success. */
  readonly failingSince: string | null
} & RunOutcome

/** For each state, the number of runs that wrote the asset of the scope, and the latest of them. */
export function outcomesByState(
  { query }: Tables,
  { keys, aliases, canonical }: KeyScope,
  moment: Moment,
): Promise<readonly OutcomeByStateRow[]> {
  return query(
    'outcomes-by-state',
    `SELECT outcome AS state, count, latest.1 AS jobNamespace, latest.2 AS jobName, latest.3 AS runId,
       latest.4 AS startedAt, latest.5 AS endedAt, latest.6 AS lastEventAt, latest.7 AS by, latest.8 AS error, failingSince
     FROM (
       SELECT toString(state) AS outcome, count() AS count,
         minIf(ended_at, state IN ('FAILED', 'ABORTED') AND (last_success IS NULL OR ended_at > last_success)) AS failingSince,
         argMax(
           (job_namespace, job_name, run_id, started_at, ended_at, last_event_at, done_by, error),
           (placed_at, job_namespace, job_name, run_id)
         ) AS latest
       FROM (
         SELECT *, maxIf(ended_at, state = 'SUCCEEDED') OVER () AS last_success
         FROM ${foldedMaterializations('{keys:Array(String)}', moment, undefined, canonical)}
       ) GROUP BY state
     )`,
    { keys, ...aliases, ...moment },
  )
}
