import type { Ask } from '../ask.ts'
import type { RunOutcome } from '../contract.ts'

export type OutcomeByStateRow = {
  readonly count: number
  /** End of the first failed or aborted run after the latest success. */
  readonly failingSince: string | null
} & RunOutcome

/** For each state: how many runs that wrote the asset are in it, and the latest of them. */
export function outcomesByState(ask: Ask, key: string): Promise<readonly OutcomeByStateRow[]> {
  return ask(
    'outcomes-by-state',
    `WITH (SELECT max(ended_at) FROM materializations FINAL WHERE asset = {key:String} AND state = 'SUCCEEDED') AS lastSuccess
     SELECT outcome AS state, count, latest.1 AS jobNamespace, latest.2 AS jobName, latest.3 AS runId,
       latest.4 AS startedAt, latest.5 AS endedAt, latest.6 AS lastEventAt, nullIf(latest.7, '') AS by,
       nullIf(latest.8, '') AS error, failingSince
     FROM (
       SELECT toString(state) AS outcome, count() AS count,
         minIf(ended_at, state IN ('FAILED', 'ABORTED') AND (lastSuccess IS NULL OR ended_at > lastSuccess)) AS failingSince,
         argMax(
           (job_namespace, job_name, run_id, started_at, ended_at, last_event_at, toString(done_by), error),
           (coalesce(ended_at, last_event_at), job_namespace, job_name, run_id)
         ) AS latest
       FROM materializations FINAL WHERE asset = {key:String} GROUP BY state
     )`,
    { key },
  )
}
