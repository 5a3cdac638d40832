import { elementsOf, foldedMaterializations } from '@headwater/clickhouse'
import type { AliasIndex, Moment } from '@headwater/lineage'
import { type KeyScope, keyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { rowsOf } from '../rows-of.ts'

/** The latest success of one job that wrote one asset, under whichever of its keys, and what it said the columns of that are made of. */
export type ColumnRun = {
  readonly asset: string
  readonly jobNamespace: string
  readonly jobName: string
  readonly runId: string
  /** Epoch milliseconds. */
  readonly endedAt: number
  /** Ids of column sets, of which the union holds; empty when it said nothing. */
  readonly columnSets: readonly string[]
}

const pair = 'asset, job_namespace, job_name'

// The latest success of each asset and job never expires, so that sums of expired runs need not be looked at.

const latestSuccesses = (materializations: string, condition: string) =>
  `SELECT asset, job_namespace AS jobNamespace, job_name AS jobName, argMax(run_id, (ended_at, run_id)) AS runId,
     toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS endedAt,
     arrayMap(id -> toString(id), argMax(column_sets, (ended_at, run_id))) AS columnSets
   FROM ${materializations} WHERE state = 'SUCCEEDED' AND ${condition} GROUP BY ${pair}`

/** By all jobs that wrote any of the assets. */
export function columnRunsInto(ask: Ask, scope: KeyScope, moment: Moment): Promise<readonly ColumnRun[]> {
  const written = foldedMaterializations('{assets:Array(String)}', moment, undefined, scope.canonical)
  return ask('column-runs-into', latestSuccesses(written, 'true'), { assets: scope.keys, ...scope.aliases, ...moment })
}

/**
 * By those jobs that ever made columns of an asset of columns of any of `inputs`.
 * @param inputs all keys of the assets
 */
export async function columnRunsOutOf(
  ask: Ask,
  index: AliasIndex,
  inputs: readonly string[],
  moment: Moment,
): Promise<readonly ColumnRun[]> {
  const [written] = await ask<{ assets: readonly string[]; namespaces: readonly string[]; names: readonly string[] }>(
    'columns-written-by-readers',
    `SELECT groupArray(asset) AS assets, groupArray(job_namespace) AS namespaces, groupArray(job_name) AS names
     FROM (
       SELECT DISTINCT own.1 AS asset, job_namespace, job_name
       FROM run_facts ARRAY JOIN arrayZip(outputs, arrayResize(output_columns, length(outputs))) AS own
       WHERE notEmpty(output_columns)
         AND (job_namespace, job_name) IN (SELECT job_namespace, job_name FROM column_reads WHERE ${readsAny})
         AND (job_namespace, job_name, own.2) IN (SELECT job_namespace, job_name, set_id FROM column_reads WHERE ${readsAny})
     )`,
    { inputs },
  )
  if (written === undefined || written.assets.length === 0) return []
  const scope = keyScope(index, written.assets)
  const jobs = rowsOf('namespaces', 'names')
  const known = foldedMaterializations('{assets:Array(String)}', moment, jobs, scope.canonical)
  const isWritten = `(${pair}) IN (${rowsOf('written', 'namespaces', 'names')})`
  return ask('column-runs-out-of', latestSuccesses(known, isWritten), {
    ...{ ...written, written: written.assets.map(index.canonical), assets: scope.keys },
    ...scope.aliases,
    ...moment,
  })
}

const readsAny = `asset IN ${elementsOf('{inputs:Array(String)}')}`
