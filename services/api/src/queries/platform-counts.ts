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
    // Rows of one key have one and the same key, so filtering before they are merged changes nothing but the time.
    `SELECT platform, count() AS count FROM asset_sightings FINAL PREWHERE ${assetConditions({ q, prefix }).join(' AND ')}
     GROUP BY platform ORDER BY count DESC, platform`,
    { q, prefix },
  )
}
