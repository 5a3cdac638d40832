import { assetKeyProblem, canonicalKey, keyWithoutSecrets } from '@headwater/lineage'
import { Type } from 'typebox'
import { ApiError } from '../errors.ts'
import { textParameter } from './read-query.ts'

/** An asset, by any of its keys or by its OpenLineage name. */
export const assetParameters = {
  key: Type.Optional(Type.String({ description: 'Key of the asset, canonical or an alias, e.g. s3://bucket/path' })),
  namespace: Type.Optional(textParameter('Instead of key, together with name: namespace of the OpenLineage dataset')),
  name: Type.Optional(textParameter('Instead of key, together with namespace: name of the OpenLineage dataset')),
}

type AssetInQuery = {
  readonly key?: string | undefined
  readonly namespace?: string | undefined
  readonly name?: string | undefined
}

/** The key in the query. @throws ApiError INVALID_PARAMETER, INVALID_ASSET_KEY */
export function requiredKey({ key, namespace, name }: AssetInQuery): string {
  const isPair = namespace !== undefined && name !== undefined
  if (isPair && key === undefined) return checkAssetKey(canonicalKey({ namespace, name }), 'name')
  if (key !== undefined && namespace === undefined && name === undefined) return checkAssetKey(key)
  const isMissing = key === undefined && namespace === undefined && name === undefined
  const detail = `${isMissing ? 'key is missing' : 'key, namespace and name do not fit together'}: give either key (e.g. s3://bucket/path), or both namespace and name`
  throw new ApiError('INVALID_PARAMETER', detail, { parameter: 'key', errors: [{ parameter: 'key', detail }] })
}

/** As `requiredKey`; undefined where the query names no asset. */
export const optionalKey = (query: AssetInQuery): string | undefined =>
  [query.key, query.namespace, query.name].every((part) => part === undefined) ? undefined : requiredKey(query)

/** The key as tables have it, without the user and password of a connection. @throws ApiError INVALID_ASSET_KEY with the reason */
export function checkAssetKey(key: string, parameter = 'key'): string {
  const detail = assetKeyProblem(key)
  if (detail !== undefined) throw new ApiError('INVALID_ASSET_KEY', detail, { parameter })
  return keyWithoutSecrets(key)
}
