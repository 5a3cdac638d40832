import { elementsOf } from '@headwater/clickhouse'
import { type AliasIndex, compareKeys, platformOf } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-reader.ts'
import type { AssetPage } from '../../contract/index.ts'
import { rewritten } from '../aliases/rewritten-keys.ts'
import type { Tables } from '../tables.ts'
import { matchingAliasGroups } from './matching-alias-groups.ts'
import { matches, matchingKeys, matchParameters } from './matching-keys.ts'

/** How many assets match, and how many on each platform if `platform` did not count. */
export async function assetFacets(
  tables: Tables,
  { q, prefix, platform }: AssetFilter,
): Promise<NonNullable<AssetPage['facets']>> {
  const ungrouped = await ungroupedCounts(tables, { q, prefix })
  const counts = new Map(ungrouped.map(({ platform: name, count }) => [name, count]))
  for (const { key } of matchingAliasGroups(tables.aliases, { q, prefix })) {
    counts.set(platformOf(key), (counts.get(platformOf(key)) ?? 0) + 1)
  }
  const platforms = [...counts].map(([name, count]) => ({ platform: name, count }))
  platforms.sort((a, b) => b.count - a.count || compareKeys(a.platform, b.platform))
  const matching = platforms.filter(({ platform: name }) => [undefined, name].includes(platform))
  return { total: matching.reduce((total, { count }) => total + count, 0), platforms }
}

type PlatformCount = { readonly platform: string; readonly count: number }

/** How many matching keys without aliases there are on each platform. */
function ungroupedCounts({ query, aliases }: Tables, { q, prefix }: AssetFilter): Promise<readonly PlatformCount[]> {
  if (aliases.isEmpty) {
    return query(
      'platform-counts',
      // All rows of a key match or none, so filtering before FINAL merges them is only faster.
      `SELECT platform, count() AS count FROM asset_sightings FINAL PREWHERE ${matches({ q, prefix })}
       GROUP BY platform`,
      { q, prefix },
    )
  }
  return query(
    'platform-counts-alone',
    `SELECT substring(matched, 1, position(matched, '://') - 1) AS platform, uniqExact(matched) AS count
     FROM (${matchingKeys({ q, prefix }, aliases)}) WHERE ${isUngrouped(aliases)} GROUP BY platform`,
    { ...matchParameters({ q, prefix }, aliases), alone: aliases.alone },
  )
}

const isUngrouped = (aliases: AliasIndex) => `(matched NOT IN (
    SELECT ${rewritten('aliased', aliases)} FROM asset_aliases ARRAY JOIN [asset, alias] AS aliased WHERE source != 'authority')
  OR matched IN ${elementsOf('{alone:Array(String)}')})`
