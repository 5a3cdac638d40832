import type { AliasIndex } from '@headwater/lineage'
import { canonicalKeys } from '../key-scope.ts'
import type { Ask } from '../query.ts'

const candidates = 1_000
const keysAnAsset = 4

/**
 * Keys of assets that have a key which looks like `key`, the nearest by edit distance first: from its folder, and those that contain its
 * longest word. Looks at no more than some of each.
 */
export async function similarKeys(ask: Ask, index: AliasIndex, key: string, limit: number): Promise<readonly string[]> {
  const folder = key.slice(0, Math.max(key.lastIndexOf('/'), key.indexOf('://') + 2) + 1)
  const [word = ''] = key
    .slice(folder.length)
    .split(/[^\p{L}\p{N}]+/u)
    .toSorted((a, b) => b.length - a.length)
  const rows = await ask<{ candidate: string }>(
    'similar-keys',
    `SELECT candidate FROM (
       SELECT DISTINCT key AS candidate FROM asset_sightings WHERE startsWith(key, {folder:String}) ORDER BY key LIMIT ${candidates}
       UNION DISTINCT
       SELECT DISTINCT key AS candidate FROM asset_sightings
       WHERE length({word:String}) > 2 AND position(search, lower({word:String})) > 0 LIMIT ${candidates}
     )
     WHERE editDistance(candidate, {key:String}) <= length({key:String}) / 2
     ORDER BY editDistance(candidate, {key:String}), candidate LIMIT {limit:UInt32}`,
    { key, folder, word, limit: index.isEmpty ? limit : limit * keysAnAsset },
  )
  const found = rows.map(({ candidate }) => candidate)
  return canonicalKeys(index, found).slice(0, limit)
}
