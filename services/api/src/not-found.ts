import type { AssetCatalog } from './asset-catalog.ts'
import { ApiError } from './errors.ts'

const suggestions = 3

/** @throws ApiError ASSET_NOT_FOUND that names known keys which look like this one */
export async function assetNotFound(catalog: AssetCatalog, key: string): Promise<never> {
  const didYouMean = await catalog.similarKeys(key, suggestions)
  const hint = didYouMean.length === 0 ? '' : `; did you mean ${didYouMean.join(' or ')}?`
  throw new ApiError('ASSET_NOT_FOUND', `No event names ${key}${hint}`, { key, didYouMean })
}
