import { assetKeyProblem } from '@headwater/lineage'
import { type TProperties, Type } from 'typebox'
import { ApiError } from './errors.ts'

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

export const keyParameter = Type.String({ description: 'Asset key, e.g. s3://bucket/path' })

export const textParameter = (description: string) => Type.String({ minLength: 1, maxLength: 1_024, description })

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
