import { foldedMaterializations } from '@headwater/clickhouse'
import type { AssetReader } from '../../catalog/asset-reader.ts'
import type { Page, RunPlace } from '../../catalog/page.ts'
import type { Materialization, RunOutcome } from '../../contract/index.ts'
import { assetSets } from '../edges/asset-sets.ts'
import { mergedObjects, mergedRecords } from '../fact-values.ts'
import { keyScope } from '../key-scope.ts'
import { pageOf, placeOfRun } from '../page-of-rows.ts'
import { afterPlace, placeOrder, runOutcomeColumns } from '../runs/run-columns.ts'
import type { Tables } from '../tables.ts'

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

function materializationRows(
  { query, aliases }: Tables,
  { key, state, after, limit, moment }: Request,
): Promise<readonly MaterializationRow[]> {
  const scope = keyScope(aliases, [key])
  const conditions = ['true']
  if (state !== undefined) conditions.push('state = {state:String}')
  if (after !== undefined) conditions.push(afterPlace)
  return query(
    'materialization-rows',
    `SELECT ${runOutcomeColumns}, nominal_end AS nominalEnd, metadata, metrics, explicit AS isExplicit,
       arrayMap(id -> toString(id), input_sets) AS inputSets
     FROM (SELECT * FROM ${foldedMaterializations('{keys:Array(String)}', moment, undefined, scope.canonical)} WHERE ${conditions.join(' AND ')})
     ORDER BY ${placeOrder} LIMIT {limit:UInt32}`,
    { keys: scope.keys, ...scope.aliases, state, ...after, limit: limit + 1, ...moment },
  )
}
