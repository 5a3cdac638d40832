import { elementsOf, foldedMaterializations } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import { type KeyScope, keyScope } from '../key-scope.ts'
import { parameterRows } from '../parameter-rows.ts'
import type { Tables } from '../tables.ts'

/** The latest success of one job that wrote one asset under any of its keys, and the column lineage it reported. */
export type ColumnRun = {
  readonly asset: string
  readonly jobNamespace: string
  readonly jobName: string
  readonly runId: string
  /** Epoch milliseconds. */
  readonly endedAt: number
  /** Ids of the column sets whose union it reported; empty where it reported no column lineage. */
  readonly columnSets: readonly string[]
}

const pair = 'asset, job_namespace, job_name'

// The latest success of each asset and job never expires, so the sums of expired runs are not needed.

const latestSuccesses = (materializations: string, condition: string) =>
  `SELECT asset, job_namespace AS jobNamespace, job_name AS jobName, argMax(run_id, (ended_at, run_id)) AS runId,
     toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS endedAt,
     arrayMap(id -> toString(id), argMax(column_sets, (ended_at, run_id))) AS columnSets
   FROM ${materializations} WHERE state = 'SUCCEEDED' AND ${condition} GROUP BY ${pair}`

/** The runs of all jobs that wrote any of the assets. */
export function columnRunsInto({ query }: Tables, scope: KeyScope, moment: Moment): Promise<readonly ColumnRun[]> {
  const written = foldedMaterializations('{assets:Array(String)}', moment, undefined, scope.canonical)
  return query('column-runs-into', latestSuccesses(written, 'true'), {
    assets: scope.keys,
    ...scope.aliases,
    ...moment,
  })
}

/**
 * The runs of those jobs that ever made columns of an asset from columns of any of the inputs.
 * @param inputs all keys of the input assets
 */
export async function columnRunsOutOf(
  { query, aliases }: Tables,
  inputs: readonly string[],
  moment: Moment,
): Promise<readonly ColumnRun[]> {
  const [written] = await query<{ assets: readonly string[]; namespaces: readonly string[]; names: readonly string[] }>(
    'columns-written-by-readers',
    `SELECT groupArray(asset) AS assets, groupArray(job_namespace) AS namespaces, groupArray(job_name) AS names
     FROM (
       SELECT DISTINCT output.1 AS asset, job_namespace, job_name
       FROM run_facts ARRAY JOIN arrayZip(outputs, arrayResize(output_columns, length(outputs))) AS output
       WHERE notEmpty(output_columns)
         AND (job_namespace, job_name) IN (SELECT job_namespace, job_name FROM column_reads WHERE ${readsAny})
         AND (job_namespace, job_name, output.2) IN (SELECT job_namespace, job_name, set_id FROM column_reads WHERE ${readsAny})
     )`,
    { inputs },
  )
  if (written === undefined || written.assets.length === 0) return []
  const scope = keyScope(aliases, written.assets)
  const jobs = parameterRows('namespaces', 'names')
  const known = foldedMaterializations('{assets:Array(String)}', moment, jobs, scope.canonical)
  const isWritten = `(${pair}) IN (${parameterRows('written', 'namespaces', 'names')})`
  return query('column-runs-out-of', latestSuccesses(known, isWritten), {
    ...{ ...written, written: written.assets.map(aliases.canonical), assets: scope.keys },
    ...scope.aliases,
    ...moment,
  })
}

const readsAny = `asset IN ${elementsOf('{inputs:Array(String)}')}`
