import type { Ask } from '../ask.ts'
import type { AssetFilter } from '../asset-catalog.ts'
import { assetConditions } from './asset-conditions.ts'

/** How many keys match on each platform, whatever the platform asked for; most first. */
export function platformCounts(
  ask: Ask,
  { q, prefix }: AssetFilter,
): Promise<readonly { readonly platform: string; readonly count: number }[]> {
  return ask(
    'platform-counts',
    `SELECT platform, count() AS count
     FROM (SELECT DISTINCT key, platform FROM assets WHERE ${assetConditions({ q, prefix }).join(' AND ')})
     GROUP BY platform ORDER BY count DESC, platform
     SETTINGS optimize_distinct_in_order = 1`,
    { q, prefix },
  )
}
