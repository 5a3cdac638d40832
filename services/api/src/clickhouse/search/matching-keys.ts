import type { AliasIndex } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-reader.ts'
import { rewritten, ruleParameters } from '../aliases/rewritten-keys.ts'

/** SQL: a condition on the key in table asset_sightings; its parameters are named like the fields of the filter. */
export function matches({ q, prefix, platform }: AssetFilter, key = 'key', search = 'search'): string {
  const conditions = ['true']
  if (q !== undefined) conditions.push(`position(${search}, lower({q:String})) > 0`)
  if (prefix !== undefined) conditions.push(`startsWith(${key}, {prefix:String})`)
  // By the key, by which the table is sorted, and not by the column platform.
  if (platform !== undefined) conditions.push(`startsWith(${key}, concat({platform:String}, '://'))`)
  return conditions.join(' AND ')
}

/** SQL: selects `matched`, keys with rewritten authorities, that match before or after rewriting; may contain duplicates. */
export function matchingKeys({ q, prefix, platform }: AssetFilter, aliases: AliasIndex): string {
  if (aliases.rules.length === 0) {
    return `SELECT key AS matched FROM asset_sightings WHERE ${matches({ q, prefix, platform })}`
  }
  return `SELECT ${rewritten('key', aliases)} AS matched FROM asset_sightings
    WHERE ((${matches({ q, prefix })}) OR (${matches({ q, prefix }, 'matched', 'lower(matched)')}))
      AND ${matches({ platform }, 'matched')}`
}

/** Parameters of `matchingKeys`. */
export const matchParameters = (filter: AssetFilter, aliases: AliasIndex) => ({ ...filter, ...ruleParameters(aliases) })
