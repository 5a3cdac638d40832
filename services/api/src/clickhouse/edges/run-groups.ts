import { elementsOf, foldedMaterializations } from '@headwater/clickhouse'
import type { AliasIndex, Moment } from '@headwater/lineage'
import { type KeyScope, keyScope, meant } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { rowsOf } from '../rows-of.ts'
import { ofHorizon } from '../runs/expired-runs.ts'
import type { RunGroup } from './chosen-edges.ts'

const succeeded = "state = 'SUCCEEDED'"
const pair = 'asset, job_namespace, job_name'

/** SQL: groups of runs, by themselves or as sums of those that have expired. */
const groups = (
  runs: string,
) => `SELECT asset, job_namespace AS jobNamespace, job_name AS jobName, explicit AS isExplicit,
    arrayMap(id -> toString(id), input_sets) AS inputSets, sumIf(n, ${succeeded}) AS runs, sum(n) - runs AS failedRuns,
    coalesce(toUnixTimestamp64Milli(minIf(first, ${succeeded})), 0) AS firstSeen,
    coalesce(toUnixTimestamp64Milli(maxIf(last, ${succeeded})), 0) AS lastSeen,
    argMaxIf(last_run, (last, last_run), ${succeeded}) AS lastRunId
  FROM (${runs}) WHERE state IN ('SUCCEEDED', 'FAILED', 'ABORTED')
  GROUP BY asset, job_namespace, job_name, explicit, input_sets`

const byThemselves = (
  materializations: string,
) => `SELECT ${pair}, state, toBool(explicit) AS explicit, input_sets, 1 AS n,
    ended_at AS first, ended_at AS last, run_id AS last_run FROM ${materializations}`

const expired = ({ horizon }: Moment, scope: KeyScope, condition = 'true') =>
  horizon === undefined
    ? ''
    : `UNION ALL SELECT ${pair}, state, explicit, input_sets, runs AS n, first_ended AS first, last_ended AS last,
        last_run_id AS last_run
      FROM (
        SELECT ${meant(scope, 'e.asset')} AS asset, e.* EXCEPT (asset) FROM expired_runs AS e FINAL
        WHERE ${ofHorizon} AND e.asset IN ${elementsOf('{assets:Array(String)}')}
      ) WHERE ${condition}`

/** Ended runs that wrote any of the assets, grouped by what they read. */
export function runsInto(ask: Ask, scope: KeyScope, moment: Moment): Promise<readonly RunGroup[]> {
  const known = byThemselves(foldedMaterializations('{assets:Array(String)}', moment, undefined, scope.canonical))
  const parameters = { assets: scope.keys, ...scope.aliases, ...moment }
  return ask('runs-into', groups(`${known} ${expired(moment, scope)}`), parameters)
}

type JobColumns = { readonly namespaces: readonly string[]; readonly names: readonly string[] }

/**
 * Ended runs, grouped by what they read, of those jobs and assets that may have been made from any of `upstreams`. In steps,
 * each of few rows: which jobs read them and as part of which sets, what the runs that did so wrote, and how those stand.
 * @param declared jobs and assets to look at as well; their jobs are among those that read `upstreams`
 */
export async function runsOutOf(
  ask: Ask,
  index: AliasIndex,
  upstreams: readonly string[],
  moment: Moment,
  declared: Promise<readonly { readonly to: string; readonly jobNamespace: string; readonly jobName: string }[]>,
): Promise<readonly RunGroup[]> {
  const readsOf = ask<JobColumns & { sets: readonly string[] }>(
    'reads-of',
    `SELECT groupArray(job_namespace) AS namespaces, groupArray(job_name) AS names, groupUniqArrayArray(sets) AS sets
     FROM (
       SELECT job_namespace, job_name, groupUniqArray(toString(set_id)) AS sets
       FROM asset_reads WHERE asset IN ${elementsOf('{upstreams:Array(String)}')} GROUP BY job_namespace, job_name
     )`,
    { upstreams },
  )
  const [[reads], also] = await Promise.all([readsOf, declared])
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
       ${expiredWriters(moment)}
       ${also.length === 0 ? '' : `UNION DISTINCT ${rowsOf('outputs', 'outputNamespaces', 'outputNames')}`}
     )`,
    {
      ...{ ...reads, ...moment, outputs: also.map(({ to }) => to) },
      outputNamespaces: also.map(({ jobNamespace }) => jobNamespace),
      outputNames: also.map(({ jobName }) => jobName),
    },
  )
  if (written === undefined || written.assets.length === 0) return []
  const scope = keyScope(index, written.assets)
  const isWritten = `(${pair}) IN (${rowsOf('written', 'namespaces', 'names')})`
  const jobs = rowsOf('namespaces', 'names')
  const known = byThemselves(foldedMaterializations('{assets:Array(String)}', moment, jobs, scope.canonical))
  return ask('runs-out-of', groups(`${known} WHERE ${isWritten} ${expired(moment, scope, isWritten)}`), {
    ...{ ...written, written: written.assets.map(index.canonical), assets: scope.keys },
    ...scope.aliases,
    ...moment,
  })
}

const expiredWriters = ({ horizon }: Moment) =>
  horizon === undefined
    ? ''
    : `UNION DISTINCT SELECT ${pair} FROM expired_runs FINAL
       WHERE ${ofHorizon} AND asset != '' AND (job_namespace, job_name) IN (${rowsOf('namespaces', 'names')})
         AND hasAny(input_sets, sets)`
