import type { AssetReader } from '../../catalog/asset-reader.ts'
import type { EdgeReader } from '../../catalog/edge-reader.ts'
import { pageOf } from '../page-of-rows.ts'
import { assetFacets } from '../search/asset-facets.ts'
import { searchAssets } from '../search/search-assets.ts'
import { similarKeys } from '../search/similar-keys.ts'
import type { Tables } from '../tables.ts'
import { assetCard } from './asset-card.ts'
import { assetSummaries } from './asset-summaries.ts'
import { materializations } from './materializations.ts'

/** @param edges counts the neighbours that a card shows */
export const clickHouseAssets = (tables: Tables, edges: EdgeReader): AssetReader => ({
  async search({ limit, ...filter }) {
    const keys = await searchAssets(tables, filter, limit + 1)
    const summaries = await assetSummaries(tables, keys.slice(0, limit), {})
    const byKey = new Map(summaries.map((summary) => [summary.key, summary]))
    const page = pageOf(
      keys,
      limit,
      (key) => byKey.get(key),
      (key) => key,
    )
    return { ...page, items: page.items.filter((item) => item !== undefined) }
  },
  facets: (filter) => assetFacets(tables, filter),
  summaries: (keys, moment) => assetSummaries(tables, keys, moment),
  card: (key, moment) => assetCard(tables, edges, key, moment),
  materializations: (filter) => materializations(tables, filter),
  similarKeys: (key, limit) => similarKeys(tables, key, limit),
})
