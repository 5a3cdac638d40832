import type { Ask } from '../ask.ts'
import type { AssetFilter } from '../asset-catalog.ts'
import { assetConditions } from './asset-conditions.ts'

/** Keys that match, by key, after `after`. */
export async function assetKeys(
  ask: Ask,
  filter: AssetFilter & { readonly after?: string | undefined },
  limit: number,
): Promise<readonly string[]> {
  const conditions = assetConditions(filter)
  if (filter.after !== undefined) conditions.push('key > {after:String}')
  const rows = await ask<{ key: string }>(
    'asset-keys',
    // Aggregating in order stops reading at the limit; DISTINCT does not.
    `SELECT key FROM asset_sightings WHERE ${conditions.join(' AND ')} GROUP BY key ORDER BY key LIMIT {limit:UInt32}
     SETTINGS optimize_aggregation_in_order = 1`,
    { ...filter, limit },
  )
  return rows.map(({ key }) => key)
}
