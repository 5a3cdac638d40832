import { elementsOf, foldedMaterializations, foldedRuns, materializationsOf } from '@headwater/clickhouse'
import type { Moment, RunGroup, RunIdentity } from '@headwater/lineage'
import { canonicalKeySql, type KeyScope, keyScope } from '../key-scope.ts'
import { parameterRows } from '../parameter-rows.ts'
import { ofHorizon } from '../runs/expired-runs.ts'
import type { Tables } from '../tables.ts'

const succeeded = "state = 'SUCCEEDED'"
const pair = 'asset, job_namespace, job_name'

/** SQL: groups of runs; an expired run is part of a sum. */
const groups = (
  runs: string,
) => `SELECT asset, job_namespace AS jobNamespace, job_name AS jobName, explicit AS isExplicit,
    arrayMap(id -> toString(id), input_sets) AS inputSets, sumIf(n, ${succeeded}) AS runs, sum(n) - runs AS failedRuns,
    coalesce(toUnixTimestamp64Milli(minIf(first, ${succeeded})), 0) AS firstSeen,
    coalesce(toUnixTimestamp64Milli(maxIf(last, ${succeeded})), 0) AS lastSeen,
    argMaxIf(last_run, (last, last_run), ${succeeded}) AS lastRunId
  FROM (${runs}) WHERE state IN ('SUCCEEDED', 'FAILED', 'ABORTED')
  GROUP BY asset, job_namespace, job_name, explicit, input_sets`

const singleRuns = (
  materializations: string,
) => `SELECT ${pair}, state, toBool(explicit) AS explicit, input_sets, 1 AS n,
    ended_at AS first, ended_at AS last, run_id AS last_run FROM ${materializations}`

const expiredRuns = ({ horizon }: Moment, scope: KeyScope, condition = 'true') =>
  horizon === undefined
    ? ''
    : `UNION ALL SELECT ${pair}, state, explicit, input_sets, runs AS n, first_ended AS first, last_ended AS last,
        last_run_id AS last_run
      FROM (
        SELECT ${canonicalKeySql(scope, 'e.asset')} AS asset, e.* EXCEPT (asset) FROM expired_runs AS e FINAL
        WHERE ${ofHorizon} AND e.asset IN ${elementsOf('{assets:Array(String)}')}
      ) WHERE ${condition}`

/** Ended runs that wrote any of the assets, grouped by the input sets they read. */
export function runsInto({ query }: Tables, scope: KeyScope, moment: Moment): Promise<readonly RunGroup[]> {
  const known = singleRuns(foldedMaterializations('{assets:Array(String)}', moment, undefined, scope.canonical))
  const parameters = { assets: scope.keys, ...scope.aliases, ...moment }
  return query('runs-into', groups(`${known} ${expiredRuns(moment, scope)}`), parameters)
}

/** The groups of some ended runs that wrote any of the assets, each run by itself. */
export function groupsOfRuns(
  { query }: Tables,
  scope: KeyScope,
  runs: readonly RunIdentity[],
  moment: Moment,
): Promise<readonly RunGroup[]> | readonly RunGroup[] {
  if (runs.length === 0) return []
  const folded = foldedRuns(
    `(f.job_namespace, f.job_name, f.run_id) IN (${parameterRows('namespaces', 'names', 'ids')})`,
    moment,
  )
  const written = `(SELECT * FROM ${materializationsOf(folded, scope.canonical)} WHERE asset IN ${elementsOf('{assets:Array(String)}')})`
  return query('groups-of-runs', groups(singleRuns(written)), {
    ...{ assets: scope.keys, ...scope.aliases, ...moment },
    namespaces: runs.map(({ jobNamespace }) => jobNamespace),
    names: runs.map(({ jobName }) => jobName),
    ids: runs.map(({ runId }) => runId),
  })
}

type JobColumns = { readonly namespaces: readonly string[]; readonly names: readonly string[] }

/**
 * Ended runs of the writers that may have read any of `upstreams`, grouped by the input sets they read. Three queries of few rows each:
 * the jobs that read them, with the sets; the assets that these runs wrote; the runs of these writers.
 * @param upstreams all keys of the assets
 * @param declared further writers; their jobs must be among those that read `upstreams`
 */
export async function runsOutOf(
  { query, aliases }: Tables,
  upstreams: readonly string[],
  moment: Moment,
  declared: Promise<readonly { readonly to: string; readonly jobNamespace: string; readonly jobName: string }[]>,
): Promise<readonly RunGroup[]> {
  const readsOf = query<JobColumns & { sets: readonly string[] }>(
    'reads-of',
    `SELECT groupArray(job_namespace) AS namespaces, groupArray(job_name) AS names, groupUniqArrayArray(sets) AS sets
     FROM (
       SELECT job_namespace, job_name, groupUniqArray(toString(set_id)) AS sets
       FROM asset_reads WHERE asset IN ${elementsOf('{upstreams:Array(String)}')} GROUP BY job_namespace, job_name
     )`,
    { upstreams },
  )
  const [[reads], links] = await Promise.all([readsOf, declared])
  if (reads === undefined || reads.names.length === 0) return []
  const [written] = await query<JobColumns & { assets: readonly string[] }>(
    'written-by-readers',
    `WITH arrayMap(id -> toUInt128(id), {sets:Array(String)}) AS sets
     SELECT groupArray(asset) AS assets, groupArray(job_namespace) AS namespaces, groupArray(job_name) AS names
     FROM (
       SELECT DISTINCT arrayJoin(outputs) AS asset, job_namespace, job_name FROM run_facts
       WHERE (job_namespace, job_name) IN (${parameterRows('namespaces', 'names')}) AND (job_namespace, job_name, run_id) IN (
         SELECT job_namespace, job_name, run_id FROM run_facts
         WHERE (job_namespace, job_name) IN (${parameterRows('namespaces', 'names')})
           AND (has(sets, input_set) OR hasAny(sets, own_sets)))
       ${expiredWriters(moment)}
       ${links.length === 0 ? '' : `UNION DISTINCT ${parameterRows('outputs', 'outputNamespaces', 'outputNames')}`}
     )`,
    {
      ...{ ...reads, ...moment, outputs: links.map(({ to }) => to) },
      outputNamespaces: links.map(({ jobNamespace }) => jobNamespace),
      outputNames: links.map(({ jobName }) => jobName),
    },
  )
  if (written === undefined || written.assets.length === 0) return []
  const scope = keyScope(aliases, written.assets)
  const isWritten = `(${pair}) IN (${parameterRows('written', 'namespaces', 'names')})`
  const jobs = parameterRows('namespaces', 'names')
  const known = singleRuns(foldedMaterializations('{assets:Array(String)}', moment, jobs, scope.canonical))
  return query('runs-out-of', groups(`${known} WHERE ${isWritten} ${expiredRuns(moment, scope, isWritten)}`), {
    ...{ ...written, written: written.assets.map(aliases.canonical), assets: scope.keys },
    ...scope.aliases,
    ...moment,
  })
}

const expiredWriters = ({ horizon }: Moment) =>
  horizon === undefined
    ? ''
    : `UNION DISTINCT SELECT ${pair} FROM expired_runs FINAL
       WHERE ${ofHorizon} AND asset != '' AND (job_namespace, job_name) IN (${parameterRows('namespaces', 'names')})
         AND hasAny(input_sets, sets)`
