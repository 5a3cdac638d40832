import type { ClickHouseClient } from '@clickhouse/client'
import { readRows } from '../calls/read-rows.ts'
import { materializationsOf } from '../sql/folded-materializations.ts'
import { foldedRuns } from '../sql/folded-runs.ts'
import { isOld, timeParameter } from '../sql/within.ts'

const horizon = timeParameter('horizon')

/** SQL: runs whose every fact occurred and was recorded before {horizon}, of the facts recorded by {knownAt}. */
export const oldRuns = foldedRuns('true', { knownAt: 0 }, { oldOnly: true })

const runColumns = 'job_namespace, job_name, run_id'
const placed = '(placed_at, job_namespace, job_name, run_id)'

/** SQL: true until {horizon} or a later one is published, so that a late process changes nothing. */
export const isUnpublished = `(SELECT count() FROM horizons WHERE horizon >= ${horizon}) = 0`

const insert = (select: string) => `INSERT INTO retained_runs (horizon, ${runColumns})
  SELECT ${horizon}, ${runColumns} FROM (${select}) WHERE ${isUnpublished}`

/** The latest run of each asset, job and state, and of each job and state: current lineage, and the last run on cards and lists. */
const latestOfAssets = `SELECT job_namespace, job_name, argMax(run_id, ${placed}) AS run_id
  FROM ${materializationsOf(oldRuns)} GROUP BY asset, job_namespace, job_name, state`
const latestOfJobs = `SELECT job_namespace, job_name, argMax(run_id, ${placed}) AS run_id
  FROM ${oldRuns} GROUP BY job_namespace, job_name, state`

/** The latest run of each job without a parent: shows that the job also runs on its own. */
const latestWithoutParent = `SELECT job_namespace, job_name, argMax(run_id, ${placed}) AS run_id
  FROM ${oldRuns} WHERE parent.3 = '' GROUP BY job_namespace, job_name`

/** The first failure of each asset after its last success: since when it has been failing. */
const firstFailures = `SELECT first.1 AS job_namespace, first.2 AS job_name, first.3 AS run_id
  FROM (
    SELECT asset, argMin((${runColumns}), ${placed}) AS first
    FROM (
      SELECT *, maxIf(ended_at, state = 'SUCCEEDED') OVER (PARTITION BY asset) AS last_success
      FROM ${materializationsOf(oldRuns)}
    )
    WHERE state IN ('FAILED', 'ABORTED') AND (last_success IS NULL OR ended_at > last_success) GROUP BY asset
  )`

/** The run that reported the latest value of each metric. */
const latestMetrics = `SELECT latest.1 AS job_namespace, latest.2 AS job_name, latest.3 AS run_id
  FROM (
    SELECT argMax((${runColumns}), (occurred_at, ${runColumns}, fact_id)) AS latest
    FROM (
      SELECT ${runColumns}, occurred_at, fact_id, arrayJoin(arrayZip(outputs, output_metrics)) AS reported
      FROM run_facts WHERE notEmpty(output_metrics) AND ${isOld}
    )
    ARRAY JOIN mapKeys(reported.2) AS metric
    GROUP BY reported.1, metric
  )`

const childrenOf = (parents: string) => `SELECT DISTINCT ${runColumns} FROM run_facts
  WHERE parent_run_id != '' AND ${isOld} AND (parent_job_namespace, parent_job_name, parent_run_id) IN (${parents})
    AND (${runColumns}) NOT IN (SELECT ${runColumns} FROM retained_runs WHERE horizon = ${horizon})`

/** Parents of old runs that are not old themselves. */
const youngParents = `SELECT ${runColumns} FROM run_facts
  WHERE NOT (${isOld}) AND run_id IN (SELECT parent_run_id FROM run_facts WHERE parent_run_id != '' AND ${isOld})`

const retainedParents = `SELECT ${runColumns} FROM retained_runs WHERE horizon = ${horizon}`

/** Records in retained_runs which old runs answers at or after the horizon show individually. */
export async function retainRuns(
  client: ClickHouseClient,
  run: (query: string) => Promise<unknown>,
  horizonMs: number,
): Promise<void> {
  const selections = [latestOfAssets, latestOfJobs, latestWithoutParent, firstFailures, latestMetrics]
  for (const select of [...selections, childrenOf(youngParents)]) {
    await run(insert(select))
  }
  // A run's page counts its children, and their pages count theirs: repeat until no run is added.
  for (
    let before = -1, now = await retained(client, horizonMs);
    now > before;
    now = await retained(client, horizonMs)
  ) {
    before = now
    await run(insert(childrenOf(retainedParents)))
  }
}

async function retained(client: ClickHouseClient, horizonMs: number): Promise<number> {
  const rows = await readRows<{ runs: number | string }>(client, {
    query: `SELECT count() AS runs FROM retained_runs FINAL WHERE horizon = ${horizon}`,
    query_params: { horizon: horizonMs },
  })
  return Number(rows[0]?.runs ?? 0)
}
