import { type AliasIndex, compareKeys, platformOf } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-catalog.ts'
import type { AssetPage } from '../../contract/index.ts'
import type { Ask } from '../query.ts'
import { assetKeys } from './asset-keys.ts'
import { matchingGroups } from './matching-groups.ts'
import { platformCounts } from './platform-counts.ts'

const largestChunk = 10_000

/** Canonical keys of assets that match under any of their keys, in order, after `after`. */
export async function searchAssets(
  ask: Ask,
  index: AliasIndex,
  filter: AssetFilter & { readonly after?: string | undefined },
  limit: number,
): Promise<readonly string[]> {
  const alone = keysAlone(ask, index, filter, limit)
  const { after } = filter
  const groups = matchingGroups(index, filter).filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
  const ofGroups = groups.slice(0, limit).map(({ key }) => key)
  return [...(await alone), ...ofGroups].sort(compareKeys).slice(0, limit)
}

/** The first keys that match and are in no group: a group stands elsewhere in the order than the key that matches. */
async function keysAlone(
  ask: Ask,
  index: AliasIndex,
  filter: AssetFilter & { readonly after?: string | undefined },
  limit: number,
): Promise<readonly string[]> {
  const found: string[] = []
  let after = filter.after
  for (let size = limit; ; size = Math.min(size * 4, largestChunk)) {
    const chunk = await assetKeys(ask, index, { ...filter, after }, size)
    found.push(...chunk.filter((key) => index.groupOf(key) === undefined))
    after = chunk.at(-1)
    if (found.length >= limit || chunk.length < size) return found.slice(0, limit)
  }
}

/** How many assets match, and on which platforms whatever the platform asked for. */
export async function assetFacets(
  ask: Ask,
  index: AliasIndex,
  { q, prefix, platform }: AssetFilter,
): Promise<NonNullable<AssetPage['facets']>> {
  const counts = new Map(
    (await platformCounts(ask, index, { q, prefix })).map(({ platform: name, count }) => [name, count]),
  )
  for (const { key } of matchingGroups(index, { q, prefix })) {
    counts.set(platformOf(key), (counts.get(platformOf(key)) ?? 0) + 1)
  }
  const platforms = [...counts].map(([name, count]) => ({ platform: name, count }))
  platforms.sort((a, b) => b.count - a.count || compareKeys(a.platform, b.platform))
  const matching = platforms.filter(({ platform: name }) => [undefined, name].includes(platform))
  return { total: matching.reduce((total, { count }) => total + count, 0), platforms }
}
