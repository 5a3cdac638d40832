import type { Ask } from '../ask.ts'
import { foldedMaterializations } from './folded-materializations.ts'

/** Those of the assets that were dropped after the last success of a run that wrote them. */
export async function droppedAssets(ask: Ask, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const drops = await ask<{ asset: string; droppedAt: number }>(
    'drops',
    `SELECT asset, toUnixTimestamp64Milli(max(occurred_at)) AS droppedAt FROM asset_facts
     WHERE asset IN {keys:Array(String)} AND facet = 'dropped' AND subject = ''
     GROUP BY asset HAVING argMax(value, (occurred_at, fact_id, value)) = 'true'`,
    { keys },
  )
  if (drops.length === 0) return new Set()
  const successes = await ask<{ asset: string; lastSuccessAt: number }>(
    'last-successes',
    `SELECT asset, toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS lastSuccessAt
     FROM ${foldedMaterializations('{keys:Array(String)}')} WHERE state = 'SUCCEEDED' GROUP BY asset`,
    { keys: drops.map(({ asset }) => asset) },
  )
  const lastSuccess = new Map(successes.map(({ asset, lastSuccessAt }) => [asset, lastSuccessAt]))
  return new Set(
    drops.filter(({ asset, droppedAt }) => droppedAt > (lastSuccess.get(asset) ?? -1)).map(({ asset }) => asset),
  )
}
