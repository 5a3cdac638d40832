import { assetKeyProblem, canonicalKey, keyWithoutSecrets } from '@headwater/lineage'
import { Type } from 'typebox'
import { invalidParameters } from './parameter-problem.ts'
import { nameParameter } from './read-query.ts'
import { formatted } from './text-formats.ts'

/** A parameter that takes any key of an asset. */
export const keyParameter = (description: string) =>
  formatted('asset-key', { description, example: 'postgres://host/db/schema/table' })

/** An asset, by any of its keys or by its OpenLineage name. */
export const assetParameters = {
  key: Type.Optional(
    keyParameter(
      'Key of the asset, canonical or an alias, e.g. s3://bucket/path. Either key, or both namespace and name',
    ),
  ),
  namespace: Type.Optional(
    nameParameter(
      'Instead of key, together with name: namespace of the OpenLineage dataset, e.g. postgres://host:5432',
    ),
  ),
  name: Type.Optional(
    nameParameter('Instead of key, together with namespace: name of the OpenLineage dataset, e.g. db.schema.table'),
  ),
}

type AssetInQuery = {
  readonly key?: string | undefined
  readonly namespace?: string | undefined
  readonly name?: string | undefined
}

/** The key in the query. @throws ApiError INVALID_PARAMETER, INVALID_ASSET_KEY */
export function requiredKey(query: AssetInQuery): string {
  const key = optionalKey(query)
  if (key !== undefined) return key
  throw invalidParameters([{ parameter: 'key', detail: `key is missing: ${either}` }])
}

/** As `requiredKey`; undefined where the query names no asset. */
export function optionalKey({ key, namespace, name }: AssetInQuery): string | undefined {
  if (namespace === undefined && name === undefined) return key === undefined ? undefined : keyWithoutSecrets(key)
  if (key !== undefined) {
    const parameter = namespace === undefined ? 'name' : 'namespace'
    throw invalidParameters([{ parameter, detail: `${parameter} does not fit together with key: ${either}` }])
  }
  if (namespace === undefined || name === undefined) {
    const [given, parameter] = namespace === undefined ? ['name', 'namespace'] : ['namespace', 'name']
    throw invalidParameters([{ parameter, detail: `${parameter} is missing beside ${given}: ${either}` }])
  }
  const ofPair = canonicalKey({ namespace, name })
  const detail = assetKeyProblem(ofPair)
  if (detail !== undefined) throw invalidParameters([{ parameter: 'name', detail }], 'INVALID_ASSET_KEY')
  return keyWithoutSecrets(ofPair)
}

const either = 'give either key (e.g. s3://bucket/path), or both namespace and name'
