import type { AssetFilter } from '../asset-catalog.ts'

/** Conditions on table asset_sightings, on nothing but the key; their parameters are named as the filter's fields. */
export function assetConditions({ q, prefix, platform }: AssetFilter): string[] {
  const conditions = ['true']
  if (q !== undefined) conditions.push('position(search, lower({q:String})) > 0')
  if (prefix !== undefined) conditions.push('startsWith(key, {prefix:String})')
  // By the key, which is sorted, and not by the column platform, which is not.
  if (platform !== undefined) conditions.push(`startsWith(key, concat({platform:String}, '://'))`)
  return conditions
}
