import { elementsOf, foldedMaterializations, within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import { canonicalKeySql, type KeyScope, keyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'

/** When each of the assets was dropped, in epoch milliseconds; without those written by a successful run since. */
export async function droppedAssets(
  { query, aliases }: Tables,
  keys: readonly string[],
  moment: Moment,
): Promise<ReadonlyMap<string, number>> {
  const scope = keyScope(aliases, keys)
  const drops = await query<{ dropped: string; droppedAt: number }>(
    'drops',
    `SELECT ${canonicalKeySql(scope, 'asset')} AS dropped, toUnixTimestamp64Milli(max(occurred_at)) AS droppedAt FROM asset_facts
     WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet = 'dropped' AND subject = '' AND ${within(moment)}
     GROUP BY dropped HAVING argMax(value, (occurred_at, fact_id, value)) = 'true'`,
    { keys: scope.keys, ...scope.aliases, ...moment },
  )
  if (drops.length === 0) return new Map()
  const successes = await query<{ asset: string; lastSuccessAt: number }>(
    'last-successes',
    `SELECT asset, toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS lastSuccessAt
     FROM ${foldedMaterializations('{keys:Array(String)}', moment, undefined, scope.canonical)} WHERE state = 'SUCCEEDED' GROUP BY asset`,
    { keys: keysOfDropped(scope, new Set(drops.map(({ dropped }) => dropped))), ...scope.aliases, ...moment },
  )
  const lastSuccess = new Map(successes.map(({ asset, lastSuccessAt }) => [asset, lastSuccessAt]))
  return new Map(
    drops
      .filter(({ dropped, droppedAt }) => droppedAt > (lastSuccess.get(dropped) ?? -1))
      .map(({ dropped, droppedAt }) => [dropped, droppedAt]),
  )
}

function keysOfDropped(
  { aliases: { observed, canonical } }: KeyScope,
  dropped: ReadonlySet<string>,
): readonly string[] {
  return [...dropped, ...observed.filter((_, at) => dropped.has(canonical[at] ?? ''))]
}
