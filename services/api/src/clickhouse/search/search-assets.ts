import { compareKeys } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-reader.ts'
import type { Tables } from '../tables.ts'
import { matchingAliasGroups } from './matching-alias-groups.ts'
import { matchingKeys, matchParameters } from './matching-keys.ts'

type Search = AssetFilter & { readonly after?: string | undefined }

const largestChunk = 10_000

/** Canonical keys after `after` of assets of which any key matches, sorted. */
export async function searchAssets(tables: Tables, search: Search, limit: number): Promise<readonly string[]> {
  const ungrouped = ungroupedKeys(tables, search, limit)
  const { after } = search
  const grouped = matchingAliasGroups(tables.aliases, search)
    .map(({ key }) => key)
    .filter((key) => after === undefined || compareKeys(key, after) > 0)
    .slice(0, limit)
  return [...(await ungrouped), ...grouped].sort(compareKeys).slice(0, limit)
}

/** The first matching keys without aliases. Grouped keys are skipped: the canonical key sorts elsewhere than the matching one. */
async function ungroupedKeys(tables: Tables, search: Search, limit: number): Promise<readonly string[]> {
  const found: string[] = []
  let after = search.after
  for (let size = limit; ; size = Math.min(size * 4, largestChunk)) {
    const chunk = await nextKeys(tables, { ...search, after }, size)
    found.push(...chunk.filter((key) => tables.aliases.groupOf(key) === undefined))
    after = chunk.at(-1)
    if (found.length >= limit || chunk.length < size) return found.slice(0, limit)
  }
}

/** Matching keys with rewritten authorities, sorted; includes keys of alias groups. */
async function nextKeys({ query, aliases }: Tables, search: Search, limit: number): Promise<readonly string[]> {
  const isAfter = search.after === undefined ? '' : 'AND matched > {after:String}'
  const rows = await query<{ matched: string }>(
    'asset-keys',
    // Aggregation in order, which query.ts asks for, stops reading at the limit; DISTINCT does not.
    `${matchingKeys(search, aliases)} ${isAfter} GROUP BY matched ORDER BY matched LIMIT {limit:UInt32}`,
    { ...matchParameters(search, aliases), limit },
  )
  return rows.map(({ matched }) => matched)
}
