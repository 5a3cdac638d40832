import { materializationsOf } from '../sql/folded-materializations.ts'
import { foldedRuns } from '../sql/folded-runs.ts'
import { isOld, timeParameter } from '../sql/within.ts'
import { isUnpublished, oldRuns } from './retain-runs.ts'

const horizon = timeParameter('horizon')
const runColumns = 'job_namespace, job_name, run_id'

const factsToExpire = `INSERT INTO expiring_facts (horizon, ${runColumns}, fact_id)
  SELECT ${horizon}, ${runColumns}, fact_id FROM run_facts FINAL
  WHERE recorded_at <= ${timeParameter('knownAt')} AND (${runColumns}) IN (SELECT ${runColumns} FROM ${oldRuns})
    AND (${runColumns}) NOT IN (SELECT ${runColumns} FROM retained_runs WHERE horizon = ${horizon})
    AND ${isUnpublished}`

const isChosen = `(f.job_namespace, f.job_name, f.run_id, f.fact_id) IN (
  SELECT ${runColumns}, fact_id FROM expiring_facts WHERE horizon = ${horizon})`
const expiredRuns = foldedRuns(isChosen, {})
const published = '(SELECT max(horizon) FROM horizons)'

const sums =
  'count() AS n, min(ended_at) AS first, max(ended_at) AS last, argMax(run_id, (ifNull(ended_at, last_event_at), run_id)) AS last_run'

const runSums = `INSERT INTO expired_runs
    (horizon, asset, job_namespace, job_name, state, explicit, input_sets, runs, first_ended, last_ended, last_run_id)
  SELECT ${horizon}, asset, job_namespace, job_name, state, explicit, input_sets, sum(n), min(first), max(last),
    argMax(last_run, (ifNull(last, toDateTime64(0, 3, 'UTC')), last_run))
  FROM (
    SELECT asset, job_namespace, job_name, state, explicit, input_sets, runs AS n, first_ended AS first, last_ended AS last,
      last_run_id AS last_run
    FROM expired_runs FINAL WHERE horizon = ${published}
    UNION ALL
    SELECT asset, job_namespace, job_name, state, toBool(explicit) AS explicit, input_sets, ${sums}
    FROM ${materializationsOf(expiredRuns)}
    GROUP BY asset, job_namespace, job_name, state, explicit, input_sets
    UNION ALL
    SELECT '' AS asset, job_namespace, job_name, state, false AS explicit, [] AS input_sets, ${sums}
    FROM ${expiredRuns} GROUP BY job_namespace, job_name, state
  )
  WHERE ${isUnpublished}
  GROUP BY asset, job_namespace, job_name, state, explicit, input_sets`

const sightings = `INSERT INTO expired_sightings (horizon, asset, first_seen, last_seen)
  SELECT ${horizon}, asset, min(first), max(last)
  FROM (
    SELECT asset, first_seen AS first, last_seen AS last FROM expired_sightings FINAL WHERE horizon = ${published}
    UNION ALL
    SELECT arrayJoin(f.outputs) AS asset, f.occurred_at AS first, f.occurred_at AS last FROM run_facts AS f WHERE ${isChosen}
    UNION ALL
    SELECT arrayJoin(sets.inputs) AS asset, named.first AS first, named.last AS last
    FROM (
      SELECT arrayJoin(arrayConcat([f.input_set], f.own_sets)) AS set_id, min(f.occurred_at) AS first, max(f.occurred_at) AS last
      FROM run_facts AS f WHERE ${isChosen} GROUP BY set_id
    ) AS named
    INNER JOIN (SELECT set_id, any(inputs) AS inputs FROM input_sets GROUP BY set_id) AS sets USING (set_id)
    UNION ALL
    SELECT asset, min(occurred_at) AS first, max(occurred_at) AS last FROM asset_facts WHERE ${isOld} GROUP BY asset
    UNION ALL
    SELECT asset, min(occurred_at) AS first, max(occurred_at) AS last FROM checks WHERE ${isOld} GROUP BY asset
  )
  WHERE ${isUnpublished}
  GROUP BY asset`

/** Records which facts expire, and their sums: number of runs, first and last end, and when assets were named. */
export async function sumUpExpired(run: (query: string) => Promise<unknown>): Promise<void> {
  for (const query of [factsToExpire, runSums, sightings]) await run(query)
}
