import type { AliasIndex } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-catalog.ts'
import { rewritten, ruleParameters } from '../aliases/rewritten-keys.ts'

/** Conditions on table asset_sightings, on nothing but the key; their parameters are named as the filter's fields. */
export function assetConditions({ q, prefix, platform }: AssetFilter, key = 'key', search = 'search'): string {
  const conditions = ['true']
  if (q !== undefined) conditions.push(`position(${search}, lower({q:String})) > 0`)
  if (prefix !== undefined) conditions.push(`startsWith(${key}, {prefix:String})`)
  // By the key, which is sorted, and not by the column platform, which is not.
  if (platform !== undefined) conditions.push(`startsWith(${key}, concat({platform:String}, '://'))`)
  return conditions.join(' AND ')
}

/** SQL: selects keys, authorities rewritten, that match as they are or as they were observed; some several times. */
export function matchingKeys({ q, prefix, platform }: AssetFilter, index: AliasIndex): string {
  if (index.rules.length === 0) {
    return `SELECT key AS meant FROM asset_sightings WHERE ${assetConditions({ q, prefix, platform })}`
  }
  return `SELECT ${rewritten('key', index)} AS meant FROM asset_sightings
    WHERE ((${assetConditions({ q, prefix })}) OR (${assetConditions({ q, prefix }, 'meant', 'lower(meant)')}))
      AND ${assetConditions({ platform }, 'meant')}`
}

/** Parameters of `matchingKeys`. */
export const matchParameters = (filter: AssetFilter, index: AliasIndex) => ({ ...filter, ...ruleParameters(index) })
