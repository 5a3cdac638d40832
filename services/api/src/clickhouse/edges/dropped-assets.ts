import { elementsOf, foldedMaterializations, within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import { type KeyScope, meant } from '../key-scope.ts'
import type { Ask } from '../query.ts'

/** Those of the assets that were dropped after the last success of a run that wrote them, and when; epoch milliseconds. */
export async function droppedAssets(ask: Ask, scope: KeyScope, moment: Moment): Promise<ReadonlyMap<string, number>> {
  const drops = await ask<{ dropped: string; droppedAt: number }>(
    'drops',
    `SELECT ${meant(scope, 'asset')} AS dropped, toUnixTimestamp64Milli(max(occurred_at)) AS droppedAt FROM asset_facts
     WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet = 'dropped' AND subject = '' AND ${within(moment)}
     GROUP BY dropped HAVING argMax(value, (occurred_at, fact_id, value)) = 'true'`,
    { keys: scope.keys, ...scope.aliases, ...moment },
  )
  if (drops.length === 0) return new Map()
  const successes = await ask<{ asset: string; lastSuccessAt: number }>(
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
