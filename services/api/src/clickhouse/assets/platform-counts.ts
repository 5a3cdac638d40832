import { elementsOf } from '@headwater/clickhouse'
import type { AliasIndex } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-catalog.ts'
import { rewritten } from '../aliases/rewritten-keys.ts'
import type { Ask } from '../query.ts'
import { assetConditions, matchingKeys, matchParameters } from './asset-conditions.ts'

type PlatformCount = { readonly platform: string; readonly count: number }

/** How many keys that are in no group of aliases match on each platform, whatever the platform asked for. */
export function platformCounts(
  ask: Ask,
  index: AliasIndex,
  { q, prefix }: AssetFilter,
): Promise<readonly PlatformCount[]> {
  if (index.isEmpty) {
    return ask(
      'platform-counts',
      // Rows of one key have one and the same key, so filtering before they are merged changes nothing but the time.
      `SELECT platform, count() AS count FROM asset_sightings FINAL PREWHERE ${assetConditions({ q, prefix })}
       GROUP BY platform`,
      { q, prefix },
    )
  }
  return ask(
    'platform-counts-alone',
    `SELECT substring(meant, 1, position(meant, '://') - 1) AS platform, uniqExact(meant) AS count
     FROM (${matchingKeys({ q, prefix }, index)}) WHERE ${isAlone(index)} GROUP BY platform`,
    { ...matchParameters({ q, prefix }, index), alone: index.alone },
  )
}

const isAlone = (index: AliasIndex) => `(meant NOT IN (
    SELECT ${rewritten('said', index)} FROM asset_aliases ARRAY JOIN [asset, alias] AS said WHERE source != 'authority')
  OR meant IN ${elementsOf('{alone:Array(String)}')})`
