import type { Ask } from '../ask.ts'
import type { SuccessGroup } from '../current-edges.ts'
import { foldedMaterializations } from './folded-materializations.ts'

const groups = (
  materializations: string,
) => `SELECT asset, job_namespace AS jobNamespace, job_name AS jobName, explicit AS isExplicit,
    arrayMap(id -> toString(id), input_sets) AS inputSets, toUnixTimestamp64Milli(assumeNotNull(min(ended_at))) AS firstSeen,
    toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS lastSeen, count() AS runs, argMax(run_id, (ended_at, run_id)) AS lastRunId
  FROM ${materializations} WHERE state = 'SUCCEEDED'
  GROUP BY asset, job_namespace, job_name, explicit, input_sets`

/** Successful runs that wrote any of `assets`, grouped by what they read. */
export function successesOf(ask: Ask, assets: readonly string[]): Promise<readonly SuccessGroup[]> {
  return ask('successes-of', groups(foldedMaterializations('{assets:Array(String)}')), { assets })
}

type JobColumns = { readonly namespaces: readonly string[]; readonly names: readonly string[] }

/**
 * Successful runs, grouped by what they read, of those jobs and assets that may have been made from any of `upstreams`. In steps,
 * each of few rows: which jobs read them and as part of which sets, what the runs that did so wrote, and how those stand.
 */
export async function successesFrom(ask: Ask, upstreams: readonly string[]): Promise<readonly SuccessGroup[]> {
  const [reads] = await ask<JobColumns & { sets: readonly string[] }>(
    'reads-of',
    `SELECT groupArray(job_namespace) AS namespaces, groupArray(job_name) AS names, groupUniqArrayArray(sets) AS sets
     FROM (
       SELECT job_namespace, job_name, groupUniqArray(toString(set_id)) AS sets
       FROM asset_reads WHERE asset IN {upstreams:Array(String)} GROUP BY job_namespace, job_name
     )`,
    { upstreams },
  )
  if (reads === undefined || reads.names.length === 0) return []
  const [written] = await ask<JobColumns & { assets: readonly string[] }>(
    'written-by-readers',
    `WITH arrayMap(id -> toUInt128(id), {sets:Array(String)}) AS sets
     SELECT groupArray(asset) AS assets, groupArray(job_namespace) AS namespaces, groupArray(job_name) AS names
     FROM (
       SELECT DISTINCT arrayJoin(outputs) AS asset, job_namespace, job_name FROM run_facts
       WHERE (job_namespace, job_name) IN (${rowsOf('namespaces', 'names')}) AND (job_namespace, job_name, run_id) IN (
         SELECT job_namespace, job_name, run_id FROM run_facts
         WHERE (job_namespace, job_name) IN (${rowsOf('namespaces', 'names')})
           AND (has(sets, input_set) OR hasAny(sets, own_sets)))
     )`,
    reads,
  )
  if (written === undefined || written.assets.length === 0) return []
  return ask(
    'successes-from',
    groups(`(
      SELECT * FROM ${foldedMaterializations('{assets:Array(String)}', rowsOf('namespaces', 'names'))}
      WHERE (asset, job_namespace, job_name) IN (${rowsOf('assets', 'namespaces', 'names')})
    )`),
    written,
  )
}

/** SQL: selects what the parameters, arrays of texts, hold at each place. */
function rowsOf(...parameters: readonly string[]): string {
  const zipped = `arrayZip(${parameters.map((name) => `{${name}:Array(String)}`).join(', ')})`
  return `SELECT ${parameters.map((_, at) => `row.${at + 1}`).join(', ')} FROM (SELECT arrayJoin(${zipped}) AS row)`
}
