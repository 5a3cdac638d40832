import type { Ask } from '../ask.ts'
import type { SuccessGroup } from '../current-edges.ts'

const groups = (
  condition: string,
) => `SELECT asset, job_namespace AS jobNamespace, job_name AS jobName, explicit AS isExplicit,
    arrayMap(id -> toString(id), input_sets) AS inputSets, toUnixTimestamp64Milli(assumeNotNull(min(ended_at))) AS firstSeen,
    toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS lastSeen, count() AS runs, argMax(run_id, (ended_at, run_id)) AS lastRunId
  FROM materializations FINAL WHERE ${condition} AND state = 'SUCCEEDED'
  GROUP BY asset, job_namespace, job_name, explicit, input_sets`

/** Successful runs that wrote any of `assets`, grouped by what they read. */
export function successesOf(ask: Ask, assets: readonly string[]): Promise<readonly SuccessGroup[]> {
  return ask('successes-of', groups('asset IN {assets:Array(String)}'), { assets })
}

/** Successful runs, grouped by what they read, of those jobs and assets that may have been made from any of `upstreams`. */
export function successesFrom(ask: Ask, upstreams: readonly string[]): Promise<readonly SuccessGroup[]> {
  const candidates = `(asset, job_namespace, job_name) IN (
    SELECT downstream, job_namespace, job_name FROM edge_index WHERE upstream IN {upstreams:Array(String)})`
  return ask('successes-from', groups(candidates), { upstreams })
}
