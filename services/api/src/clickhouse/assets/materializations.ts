import { elementsOf, foldedRuns, materializationsOf } from '@headwater/clickhouse'
import type { RunIdentity } from '@headwater/lineage'
import type { AssetReader } from '../../catalog/asset-reader.ts'
import type { Page, RunPlace } from '../../catalog/page.ts'
import type { Materialization, RunOutcome } from '../../contract/index.ts'
import { assetSets } from '../edges/asset-sets.ts'
import { mergedObjects, mergedRecords } from '../fact-values.ts'
import { type KeyScope, keyScope } from '../key-scope.ts'
import { pageOf, placeOfRun } from '../page-of-rows.ts'
import { parameterRows } from '../parameter-rows.ts'
import { afterPlace, placeOrder, runOutcomeColumns } from '../runs/run-columns.ts'
import type { Tables } from '../tables.ts'
import { writtenRuns } from './written-runs.ts'

type Request = Parameters<AssetReader['materializations']>[0]

/** What runs did to one asset, latest first. */
export async function materializations(tables: Tables, request: Request): Promise<Page<Materialization, RunPlace>> {
  const rows = await materializationRows(tables, request)
  const sets = await assetSets(tables, [...new Set(rows.flatMap((row) => row.inputSets))])
  const asset = tables.aliases.canonical(request.key)
  return pageOf(
    rows,
    request.limit,
    ({ metadata, metrics, isExplicit, inputSets, ...row }): Materialization => ({
      ...row,
      metadata: mergedObjects(metadata),
      inputs: [...new Set(inputSets.flatMap((setId) => sets.feeding(setId, asset)))].sort(),
      assertion: isExplicit ? 'explicit' : 'run',
      metrics: mergedRecords(metrics),
    }),
    placeOfRun,
  )
}

type MaterializationRow = RunOutcome & {
  readonly nominalEnd: string | null
  /** JSON objects, the latest last. */
  readonly metadata: readonly string[]
  /** The latest last. */
  readonly metrics: readonly Readonly<Record<string, number>>[]
  readonly isExplicit: boolean
  readonly inputSets: readonly string[]
}

/** The runs of the page, and the one after it. */
function runsOfPage(
  { query }: Tables,
  { keys }: KeyScope,
  { state, after, limit, moment }: Request,
): Promise<readonly RunIdentity[]> {
  const conditions = ['true']
  if (state !== undefined) conditions.push('state = {state:String}')
  if (after !== undefined) conditions.push(afterPlace)
  return query(
    'runs-of-page',
    `SELECT job_namespace AS jobNamespace, job_name AS jobName, run_id AS runId
     FROM (SELECT * FROM ${writtenRuns(moment)} WHERE ${conditions.join(' AND ')}) ORDER BY ${placeOrder} LIMIT {limit:UInt32}`,
    { keys, state, ...after, limit: limit + 1, ...moment },
  )
}

async function materializationRows(tables: Tables, request: Request): Promise<readonly MaterializationRow[]> {
  const scope = keyScope(tables.aliases, [request.key])
  const runs = await runsOfPage(tables, scope, request)
  if (runs.length === 0) return []
  const isAmong = `(f.job_namespace, f.job_name, f.run_id) IN (${parameterRows('namespaces', 'names', 'ids')})`
  const written = materializationsOf(foldedRuns(isAmong, request.moment), scope.canonical)
  return tables.query(
    'materialization-rows',
    `SELECT ${runOutcomeColumns}, nominal_end AS nominalEnd, metadata, metrics, explicit AS isExplicit,
       arrayMap(id -> toString(id), input_sets) AS inputSets
     FROM (SELECT * FROM ${written} WHERE asset IN ${elementsOf('{assets:Array(String)}')}) ORDER BY ${placeOrder}`,
    {
      ...{ assets: scope.assets, ...scope.aliases, ...request.moment },
      namespaces: runs.map(({ jobNamespace }) => jobNamespace),
      names: runs.map(({ jobName }) => jobName),
      ids: runs.map(({ runId }) => runId),
    },
  )
}
