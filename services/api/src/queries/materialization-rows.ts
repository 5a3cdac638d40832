import { foldedMaterializations } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { Ask } from '../ask.ts'
import type { RunPlace, RunState } from '../asset-catalog.ts'
import type { RunOutcome } from '../contract.ts'
import { afterPlace, placeOrder, runOutcomeColumns } from './run-columns.ts'

export type MaterializationRow = RunOutcome & {
  readonly nominalEnd: string | null
  /** JSON objects, the latest last. */
  readonly metadata: readonly string[]
  /** The latest last. */
  readonly metrics: readonly Readonly<Record<string, number>>[]
  readonly isExplicit: boolean
  readonly inputSets: readonly string[]
}

/** What runs did to an asset, latest first. */
export function materializationRows(
  ask: Ask,
  {
    key,
    state,
    after,
    limit,
    moment,
  }: {
    readonly key: string
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
     FROM (SELECT * FROM ${foldedMaterializations('[{key:String}]', moment)} WHERE ${conditions.join(' AND ')})
     ORDER BY ${placeOrder} LIMIT {limit:UInt32}`,
    { key, state, ...after, limit, ...moment },
  )
}
