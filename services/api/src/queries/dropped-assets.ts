import { elementsOf, foldedMaterializations, within } from '@headwater/clickhouse'
import type { Moment } from '@headwater/lineage'
import type { Ask } from '../ask.ts'

/** Those of the assets that were dropped after the last success of a run that wrote them, and when; epoch milliseconds. */
export async function droppedAssets(
  ask: Ask,
  keys: readonly string[],
  moment: Moment,
): Promise<ReadonlyMap<string, number>> {
  const drops = await ask<{ asset: string; droppedAt: number }>(
    'drops',
    `SELECT asset, toUnixTimestamp64Milli(max(occurred_at)) AS droppedAt FROM asset_facts
     WHERE asset IN ${elementsOf('{keys:Array(String)}')} AND facet = 'dropped' AND subject = '' AND ${within(moment)}
     GROUP BY asset HAVING argMax(value, (occurred_at, fact_id, value)) = 'true'`,
    { keys, ...moment },
  )
  if (drops.length === 0) return new Map()
  const successes = await ask<{ asset: string; lastSuccessAt: number }>(
    'last-successes',
    `SELECT asset, toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS lastSuccessAt
     FROM ${foldedMaterializations('{keys:Array(String)}', moment)} WHERE state = 'SUCCEEDED' GROUP BY asset`,
    { keys: drops.map(({ asset }) => asset), ...moment },
  )
  const lastSuccess = new Map(successes.map(({ asset, lastSuccessAt }) => [asset, lastSuccessAt]))
  return new Map(
    drops
      .filter(({ asset, droppedAt }) => droppedAt > (lastSuccess.get(asset) ?? -1))
      .map(({ asset, droppedAt }) => [asset, droppedAt]),
  )
}
