import { foldedMaterializations } from '@headwater/clickhouse'
import type { Ask } from '../query.ts'

/** When the latest success ended that wrote each of the keys; epoch milliseconds. Keys count by themselves, whatever they mean. */
export async function lastSuccesses(ask: Ask, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map()
  const rows = await ask<{ key: string; at: number }>(
    'last-successes-of-keys',
    `SELECT asset AS key, toUnixTimestamp64Milli(assumeNotNull(max(ended_at))) AS at
     FROM ${foldedMaterializations('{keys:Array(String)}', {})} WHERE state = 'SUCCEEDED' GROUP BY asset`,
    { keys },
  )
  return new Map(rows.map(({ key, at }) => [key, at]))
}
