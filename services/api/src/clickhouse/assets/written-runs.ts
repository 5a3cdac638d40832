import { factsWithin, writers, writesAny } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'

/**
 * SQL: one row per run that wrote any of {keys}, folded by its state and times alone, as `foldedRuns` does whole. An asset may have very many
 * runs: which of them an answer shows is decided from these, and only those are folded whole.
 */
export const writtenRuns = (moment: Moment): string => `(
  SELECT f.job_namespace AS job_namespace, f.job_name AS job_name, f.run_id AS run_id, max(f.state) AS state,
    if(state IN ('SUCCEEDED', 'ABORTED', 'FAILED'), max((f.state, f.occurred_at)).2, NULL) AS ended_at,
    max(f.occurred_at) AS last_event_at, coalesce(ended_at, last_event_at) AS placed_at
  FROM run_facts AS f
  WHERE (f.job_namespace, f.job_name, f.run_id) IN (
    SELECT job_namespace, job_name, run_id FROM run_facts
    WHERE (job_namespace, job_name) IN (${writers('{keys:Array(String)}')}) AND ${writesAny('{keys:Array(String)}')}
  ) AND ${factsWithin(moment, 'f.')}
  GROUP BY f.job_namespace, f.job_name, f.run_id
  HAVING max(hasAny(f.outputs, {keys:Array(String)}))
)`
