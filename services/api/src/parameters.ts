import { assetKeyProblem } from '@headwater/lineage'
import { type TProperties, Type } from 'typebox'
import { ApiError } from './errors.ts'

const maxTextLength = 20_000 // above what fits into a URL, so that what a text means can be said better than "too long"

/** Parameters that every read takes. */
const everyRead = {
  waitFor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: maxTextLength,
      description: 'Answer once this position is folded: topic:partition:offset, comma separated',
    }),
  ),
  timeoutMs: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 60_000, default: 5_000, description: 'How long to wait for waitFor at most' }),
  ),
}

/** The query parameters of one read; others are refused. */
export const readQuery = <P extends TProperties>(properties: P) =>
  Type.Object({ ...properties, ...everyRead }, { additionalProperties: false })

export const keyParameter = Type.String({ maxLength: maxTextLength, description: 'Asset key, e.g. s3://bucket/path' })

export const textParameter = (description: string) => Type.String({ minLength: 1, maxLength: 1_024, description })

export const pageParameters = {
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 50, description: 'Most items on the page' }),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: maxTextLength, description: 'nextCursor of the page before' }),
  ),
}

/** @throws ApiError INVALID_ASSET_KEY with why it is none */
export function checkAssetKey(key: string): string {
  const detail = assetKeyProblem(key)
  if (detail !== undefined) throw new ApiError('INVALID_ASSET_KEY', detail, { parameter: 'key' })
  return key
}
