import { assetKeyProblem, canonicalKey } from '@headwater/lineage'
import { type TProperties, Type } from 'typebox'
import { ApiError } from '../errors.ts'

/** Parameters that every read takes. */
const everyRead = {
  waitFor: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Answer once this position is folded: topic:partition:offset, comma separated',
    }),
  ),
  timeoutMs: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 60_000, default: 5_000, description: 'How long to wait for waitFor at most' }),
  ),
}

/** The query parameters of one read; others are refused. Those with a default need not be given, but are there when read. */
export function readQuery<P extends TProperties>(properties: P) {
  const query = Type.Object({ ...properties, ...everyRead }, { additionalProperties: false })
  const required = (query.required ?? []) as readonly string[]
  const withoutDefault = required.filter((name) => !('default' in ((query.properties as TProperties)[name] ?? {})))
  return Object.assign(query, { required: withoutDefault }) as unknown as typeof query
}

export const textParameter = (description: string) => Type.String({ minLength: 1, maxLength: 1_024, description })

const keyParameter = Type.Optional(
  Type.String({ description: 'Asset key, e.g. s3://bucket/path: the canonical one or any that means the asset' }),
)

/** An asset, by any key of it, or by what OpenLineage calls it. */
export const assetParameters = {
  key: keyParameter,
  namespace: Type.Optional(textParameter('With name, instead of key: namespace of the dataset in OpenLineage')),
  name: Type.Optional(textParameter('With namespace, instead of key: name of the dataset in OpenLineage')),
}

type AskedAsset = {
  readonly key?: string | undefined
  readonly namespace?: string | undefined
  readonly name?: string | undefined
}

/** @throws ApiError INVALID_PARAMETER, INVALID_ASSET_KEY */
export function askedKey({ key, namespace, name }: AskedAsset): string {
  const isPair = namespace !== undefined && name !== undefined
  if (isPair && key === undefined) return checkAssetKey(canonicalKey({ namespace, name }), 'name')
  if (key !== undefined && namespace === undefined && name === undefined) return checkAssetKey(key)
  const isMissing = [key, namespace, name].every((part) => part === undefined)
  const detail = `${isMissing ? 'key is missing' : 'too little or too much'}: an asset is asked for by key (e.g. s3://bucket/path), or by namespace and name`
  throw new ApiError('INVALID_PARAMETER', detail, { parameter: 'key', errors: [{ parameter: 'key', detail }] })
}

/** As `askedKey`; undefined where no asset is asked for. */
export const optionalKey = (asked: AskedAsset): string | undefined =>
  [asked.key, asked.namespace, asked.name].every((part) => part === undefined) ? undefined : askedKey(asked)

export const pageParameters = {
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 50, description: 'Most items on the page' }),
  cursor: Type.Optional(Type.String({ minLength: 1, description: 'nextCursor of the page before' })),
}

/** @throws ApiError INVALID_ASSET_KEY with why it is none */
export function checkAssetKey(key: string, parameter = 'key'): string {
  const detail = assetKeyProblem(key)
  if (detail !== undefined) throw new ApiError('INVALID_ASSET_KEY', detail, { parameter })
  return key
}
