import type { Moment } from '@headwater/lineage'
import type { Ask } from '../ask.ts'
import type { RunGroup } from '../chosen-edges.ts'
import { foldedMaterializations } from './folded-materializations.ts'
import { rowsOf } from './rows-of.ts'

const succeeded = "state = 'SUCCEEDED'"

const groups = (
  materializations: string,
) => `SELECT asset, job_namespace AS jobNamespace, job_name AS jobName, explicit AS isExplicit,
    arrayMap(id -> toString(id), input_sets) AS inputSets, countIf(${succeeded}) AS runs, count() - runs AS failedRuns,
    coalesce(toUnixTimestamp64Milli(minIf(ended_at, ${succeeded})), 0) AS firstSeen,
    coalesce(toUnixTimestamp64Milli(maxIf(ended_at, ${succeeded})), 0) AS lastSeen,
    argMaxIf(run_id, (ended_at, run_id), ${succeeded}) AS lastRunId
  FROM ${materializations} WHERE state IN ('SUCCEEDED', 'FAILED', 'ABORTED')
  GROUP BY asset, job_namespace, job_name, explicit, input_sets`

/** Ended runs that wrote any of `assets`, grouped by what they read. */
export function runsInto(ask: Ask, assets: readonly string[], moment: Moment): Promise<readonly RunGroup[]> {
  return ask('runs-into', groups(foldedMaterializations('{assets:Array(String)}', moment)), { assets, ...moment })
}

type JobColumns = { readonly namespaces: readonly string[]; readonly names: readonly string[] }

/**
 * Ended runs, grouped by what they read, of those jobs and assets that may have been made from any of `upstreams`. In steps,
 * each of few rows: which jobs read them and as part of which sets, what the runs that did so wrote, and how those stand.
 */
export async function runsOutOf(ask: Ask, upstreams: readonly string[], moment: Moment): Promise<readonly RunGroup[]> {
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
    'runs-out-of',
    groups(`(
      SELECT * FROM ${foldedMaterializations('{assets:Array(String)}', moment, rowsOf('namespaces', 'names'))}
      WHERE (asset, job_namespace, job_name) IN (${rowsOf('assets', 'namespaces', 'names')})
    )`),
    { ...written, ...moment },
  )
}
