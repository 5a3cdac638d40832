import { elementsOf, foldedMaterializations, within } from '@headwater/clickhouse'
import type { AliasIndex, Moment } from '@headwater/lineage'
import type { RunState } from '../../catalog/asset-catalog.ts'
import { type KeyScope, keyScope, meant } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { rowsOf } from '../rows-of.ts'

type Written = { readonly asset: string; readonly jobNamespace: string; readonly jobName: string }
export type WrittenByRun = Written & { readonly runId: string }

export type SuccessRow = WrittenByRun & { readonly inputSets: readonly string[] }

const columns = 'asset, job_namespace AS jobNamespace, job_name AS jobName, run_id AS runId'
const setColumn = 'arrayMap(id -> toString(id), input_sets) AS inputSets'

/** Successes of assets and jobs in order, each followed by the next one that read other sets. */
export function successesThatChanged(
  ask: Ask,
  index: AliasIndex,
  pairs: readonly Written[],
  moment: Moment,
): Promise<readonly SuccessRow[]> {
  const scope = scopeOf(index, pairs)
  return ask(
    'successes-that-changed',
    `SELECT ${columns}, ${setColumn}
     FROM (
       SELECT *, lagInFrame(input_sets) OVER w AS sets_before, row_number() OVER w AS place
       FROM ${foldedMaterializations('{keys:Array(String)}', moment, rowsOf('namespaces', 'names'), scope.canonical)}
       WHERE state = 'SUCCEEDED' AND (asset, job_namespace, job_name) IN (${rowsOf('assets', 'namespaces', 'names')})
       WINDOW w AS (PARTITION BY asset, job_namespace, job_name ORDER BY ended_at, run_id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
     ) WHERE place = 1 OR sets_before != input_sets
     ORDER BY asset, job_namespace, job_name, ended_at, run_id`,
    { ...parametersOf(pairs, scope), ...moment },
  )
}

export type WrittenRow = WrittenByRun & {
  readonly state: RunState
  /** When the run ended, or was last heard of; epoch milliseconds. */
  readonly at: number
  readonly inputSets: readonly string[]
}

/** How some runs stand that wrote assets; those that had not written them by then are left out. */
export function writtenBy(
  ask: Ask,
  index: AliasIndex,
  runs: readonly WrittenByRun[],
  moment: Moment,
): Promise<readonly WrittenRow[]> {
  if (runs.length === 0) return Promise.resolve([])
  const scope = scopeOf(index, runs)
  return ask(
    'written-by',
    `SELECT ${columns}, toString(state) AS state, toUnixTimestamp64Milli(placed_at) AS at, ${setColumn}
     FROM ${foldedMaterializations('{keys:Array(String)}', moment, rowsOf('namespaces', 'names'), scope.canonical)}
     WHERE (asset, job_namespace, job_name, run_id) IN (${rowsOf('assets', 'namespaces', 'names', 'runIds')})`,
    { ...parametersOf(runs, scope), runIds: runs.map(({ runId }) => runId), ...moment },
  )
}

/** The first success of each asset at or after its latest drop: one at the same time brings it back. */
export async function restoringRuns(
  ask: Ask,
  index: AliasIndex,
  keys: readonly string[],
  moment: Moment,
): Promise<readonly (WrittenByRun & { readonly at: number })[]> {
  if (keys.length === 0) return []
  const scope = keyScope(index, keys)
  return ask(
    'restoring-runs',
    `SELECT asset, first.2 AS jobNamespace, first.3 AS jobName, first.4 AS runId, toUnixTimestamp64Milli(first.1) AS at
     FROM (
       SELECT m.asset AS asset, min((assumeNotNull(m.ended_at), m.job_namespace, m.job_name, m.run_id)) AS first
       FROM ${foldedMaterializations('{keys:Array(String)}', moment, undefined, scope.canonical)} AS m
       INNER JOIN (
         SELECT ${meant(scope, 'asset')} AS dropped, max(occurred_at) AS dropped_at FROM asset_facts
         WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet = 'dropped' AND subject = '' AND ${within(moment)}
         GROUP BY dropped
       ) AS d ON d.dropped = m.asset
       WHERE m.state = 'SUCCEEDED' AND m.ended_at >= d.dropped_at
       GROUP BY m.asset
     )`,
    { keys: scope.keys, ...scope.aliases, ...moment },
  )
}

const scopeOf = (index: AliasIndex, written: readonly Written[]) =>
  keyScope(index, [...new Set(written.map(({ asset }) => asset))])

const parametersOf = (written: readonly Written[], scope: KeyScope) => ({
  keys: scope.keys,
  ...scope.aliases,
  assets: written.map(({ asset }) => asset),
  namespaces: written.map(({ jobNamespace }) => jobNamespace),
  names: written.map(({ jobName }) => jobName),
})
