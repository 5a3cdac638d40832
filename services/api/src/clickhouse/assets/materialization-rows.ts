import { foldedMaterializations } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { RunPlace, RunState } from '../../catalog/asset-catalog.ts'
import type { RunOutcome } from '../../contract/index.ts'
import type { KeyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { afterPlace, placeOrder, runOutcomeColumns } from '../runs/run-columns.ts'

export type MaterializationRow = RunOutcome & {
  readonly nominalEnd: string | null
  /** JSON objects, the latest last. */
  readonly metadata: readonly string[]
  /** The latest last. */
  readonly metrics: readonly Readonly<Record<string, number>>[]
  readonly isExplicit: boolean
  readonly inputSets: readonly string[]
}

/** What runs did to one asset, latest first. */
export function materializationRows(
  ask: Ask,
  {
    scope: { keys, aliases, canonical },
    state,
    after,
    limit,
    moment,
  }: {
    readonly scope: KeyScope
    readonly state?: RunState | undefined
    readonly after?: RunPlace | undefined
    readonly limit: number
    readonly moment: Moment
  },
): Promise<readonly MaterializationRow[]> {
  const conditions = ['true']
  if (state !== undefined) conditions.push('state = {state:String}')
  if (after !== undefined) conditions.push(afterPlace)
  return ask(
    'materialization-rows',
    `SELECT ${runOutcomeColumns}, nominal_end AS nominalEnd, metadata, metrics, explicit AS isExplicit,
       arrayMap(id -> toString(id), input_sets) AS inputSets
     FROM (SELECT * FROM ${foldedMaterializations('{keys:Array(String)}', moment, undefined, canonical)} WHERE ${conditions.join(' AND ')})
     ORDER BY ${placeOrder} LIMIT {limit:UInt32}`,
    { keys, ...aliases, state, ...after, limit, ...moment },
  )
}
