import { elementsOf, foldedMaterializations, within } from '@headwater/clickhouse'
import {
  type CandidateEdge,
  type FactsOfChanges,
  type Moment,
  type RunAtMoment,
  type RunsOfChanges,
  type SuccessfulRun,
  type Writer,
  type WritingRun,
  writerKey,
  writerOf,
} from '@headwater/lineage'
import { assetSets } from '../edges/asset-sets.ts'
import { canonicalKeySql, type KeyScope, keyScope } from '../key-scope.ts'
import { parameterRows } from '../parameter-rows.ts'
import type { Tables } from '../tables.ts'
import type { Moments } from './span.ts'

/** Reads the runs that may have added or removed the edges. */
export async function runsOfChanges(
  tables: Tables,
  edges: readonly CandidateEdge[],
  { before, after }: Moments,
): Promise<RunsOfChanges> {
  if (edges.length === 0) return { successes: [], before: [], after: [], reads: () => false }
  const writers = [...new Map(edges.map(writerOf).map((writer) => [writerKey(writer), writer])).values()]
  const successes = await successesThatChanged(tables, writers, after)
  const wereLatest = edges.flatMap((edge) =>
    edge.runBefore === undefined ? [] : [{ ...writerOf(edge), runId: edge.runBefore }],
  )
  const [runsBefore, runsAfter] = await Promise.all([
    runsAt(tables, successes, before),
    runsAt(tables, [...wereLatest, ...successes], after),
  ])
  const reads = await membership(tables, [...successes, ...runsBefore, ...runsAfter])
  return { successes, before: runsBefore, after: runsAfter, reads }
}

/** Whether any input set of a run contains an asset. */
async function membership(tables: Tables, runs: readonly SuccessfulRun[]): Promise<RunsOfChanges['reads']> {
  const setIds = [...new Set(runs.flatMap(({ inputSets }) => inputSets))]
  const sets = await assetSets(tables, setIds)
  const members = new Map(setIds.map((setId) => [setId, new Set(sets.of(setId))]))
  return ({ inputSets }, asset) => inputSets.some((setId) => members.get(setId)?.has(asset) ?? false)
}

const columns = 'asset, job_namespace AS jobNamespace, job_name AS jobName, run_id AS runId'
const setColumn = 'arrayMap(id -> toString(id), input_sets) AS inputSets'

/** Successes of each writer in order; of consecutive ones that read the same sets, the first. */
function successesThatChanged(
  { query, aliases }: Tables,
  writers: readonly Writer[],
  moment: Moment,
): Promise<readonly SuccessfulRun[]> {
  const scope = keyScope(aliases, [...new Set(writers.map(({ asset }) => asset))])
  return query(
    'successes-that-changed',
    `SELECT ${columns}, ${setColumn}
     FROM (
       SELECT *, lagInFrame(input_sets) OVER w AS sets_before, row_number() OVER w AS place
       FROM ${foldedMaterializations('{keys:Array(String)}', moment, parameterRows('namespaces', 'names'), scope.canonical)}
       WHERE state = 'SUCCEEDED' AND (asset, job_namespace, job_name) IN (${parameterRows('assets', 'namespaces', 'names')})
       WINDOW w AS (PARTITION BY asset, job_namespace, job_name ORDER BY ended_at, run_id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
     ) WHERE place = 1 OR sets_before != input_sets
     ORDER BY asset, job_namespace, job_name, ended_at, run_id`,
    { ...parametersOf(writers, scope), ...moment },
  )
}

/** The runs as they are at the moment, without those that had not written the asset by then. */
async function runsAt(
  { query, aliases }: Tables,
  runs: readonly WritingRun[],
  moment: Moment,
): Promise<readonly RunAtMoment[]> {
  if (runs.length === 0) return []
  const scope = keyScope(aliases, [...new Set(runs.map(({ asset }) => asset))])
  return query(
    'runs-at-moment',
    `SELECT ${columns}, toString(state) AS state, toUnixTimestamp64Milli(placed_at) AS at, ${setColumn}
     FROM ${foldedMaterializations('{keys:Array(String)}', moment, parameterRows('namespaces', 'names'), scope.canonical)}
     WHERE (asset, job_namespace, job_name, run_id) IN (${parameterRows('assets', 'namespaces', 'names', 'runIds')})`,
    { ...parametersOf(runs, scope), runIds: runs.map(({ runId }) => runId), ...moment },
  )
}

/**
 * The first success of each dropped end at or after its latest drop; one at the same time restores it.
 * @param dropped the assets that were dropped at the earlier moment
 */
export async function restorationsOf(
  { query, aliases }: Tables,
  edges: readonly CandidateEdge[],
  dropped: ReadonlyMap<string, number>,
  moment: Moment,
): Promise<FactsOfChanges['restorations']> {
  const keys = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].filter((key) => dropped.has(key))
  if (keys.length === 0) return []
  const scope = keyScope(aliases, keys)
  return query(
    'restoring-runs',
    `SELECT asset, first.2 AS jobNamespace, first.3 AS jobName, first.4 AS runId, toUnixTimestamp64Milli(first.1) AS at
     FROM (
       SELECT m.asset AS asset, min((assumeNotNull(m.ended_at), m.job_namespace, m.job_name, m.run_id)) AS first
       FROM ${foldedMaterializations('{keys:Array(String)}', moment, undefined, scope.canonical)} AS m
       INNER JOIN (
         SELECT ${canonicalKeySql(scope, 'asset')} AS dropped, max(occurred_at) AS dropped_at FROM asset_facts
         WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet = 'dropped' AND subject = '' AND ${within(moment)}
         GROUP BY dropped
       ) AS d ON d.dropped = m.asset
       WHERE m.state = 'SUCCEEDED' AND m.ended_at >= d.dropped_at
       GROUP BY m.asset
     )`,
    { keys: scope.keys, ...scope.aliases, ...moment },
  )
}

const parametersOf = (writers: readonly Writer[], scope: KeyScope) => ({
  keys: scope.keys,
  ...scope.aliases,
  assets: writers.map(({ asset }) => asset),
  namespaces: writers.map(({ jobNamespace }) => jobNamespace),
  names: writers.map(({ jobName }) => jobName),
})
