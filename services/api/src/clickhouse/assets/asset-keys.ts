import type { AliasIndex } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-catalog.ts'
import type { Ask } from '../query.ts'
import { matchingKeys, matchParameters } from './asset-conditions.ts'

/** Keys that match, authorities rewritten, by key, after `after`; those of groups of aliases are among them. */
export async function assetKeys(
  ask: Ask,
  index: AliasIndex,
  filter: AssetFilter & { readonly after?: string | undefined },
  limit: number,
): Promise<readonly string[]> {
  const isAfter = filter.after === undefined ? '' : 'AND meant > {after:String}'
  const rows = await ask<{ meant: string }>(
    'asset-keys',
    // Aggregating in order stops reading at the limit; DISTINCT does not.
    `${matchingKeys(filter, index)} ${isAfter} GROUP BY meant ORDER BY meant LIMIT {limit:UInt32}
     SETTINGS optimize_aggregation_in_order = 1`,
    { ...matchParameters(filter, index), limit },
  )
  return rows.map(({ meant }) => meant)
}
