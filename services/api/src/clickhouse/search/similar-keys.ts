import { canonicalKeys } from '../key-scope.ts'
import type { Tables } from '../tables.ts'

const candidates = 1_000
const keysPerAsset = 4

/**
 * Canonical keys of assets with a key similar to `key`, the nearest by edit distance first. Considers at most `candidates` keys in the
 * same folder, and as many that contain its longest word.
 */
export async function similarKeys({ query, aliases }: Tables, key: string, limit: number): Promise<readonly string[]> {
  const folder = key.slice(0, Math.max(key.lastIndexOf('/'), key.indexOf('://') + 2) + 1)
  const [word = ''] = key
    .slice(folder.length)
    .split(/[^\p{L}\p{N}]+/u)
    .toSorted((a, b) => b.length - a.length)
  const rows = await query<{ candidate: string }>(
    'similar-keys',
    `SELECT candidate FROM (
       SELECT DISTINCT key AS candidate FROM asset_sightings WHERE startsWith(key, {folder:String}) ORDER BY key LIMIT ${candidates}
       UNION DISTINCT
       SELECT DISTINCT key AS candidate FROM asset_sightings
       WHERE length({word:String}) > 2 AND position(search, lower({word:String})) > 0 LIMIT ${candidates}
     )
     WHERE editDistance(candidate, {key:String}) <= length({key:String}) / 2
     ORDER BY editDistance(candidate, {key:String}), candidate LIMIT {limit:UInt32}`,
    { key, folder, word, limit: aliases.isEmpty ? limit : limit * keysPerAsset },
  )
  const found = rows.map(({ candidate }) => candidate)
  return canonicalKeys(aliases, found).slice(0, limit)
}
