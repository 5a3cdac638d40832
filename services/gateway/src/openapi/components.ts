import { assetKeyPattern, maxAssetKeyLength } from '@headwater/lineage'
import { eventTypes } from '@headwater/schemas'
import { Type } from 'typebox'
import { NamedAsset } from '../events/named-asset.ts'
import { openLineageSchemas } from './open-lineage-schemas.ts'

// The named schemas of the OpenAPI document.

const named = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const text = (description: string) => Type.String({ description })

/** What a key must be. With `authority`, an alias may also be a scheme alone, such as snowflake://. */
export const assetKeySchema = { pattern: assetKeyPattern, maxLength: maxAssetKeyLength }

const NativeEvent = Type.Object(
  {
    type: Type.Unsafe({ type: 'string', enum: [...eventTypes], description: 'The Avro record of the event' }),
    occurredAt: Type.Optional(Type.Integer({ description: 'Milliseconds since 1970. Default: now' })),
    eventId: Type.Optional(
      text(
        'Events with the same id and content count once. Default: derived from the content if occurredAt is given, else random',
      ),
    ),
  },
  {
    additionalProperties: true,
    description:
      'The type, and the fields of the Avro record of that name (schemas/avro). Omitted fields get their defaults',
    examples: [
      {
        type: 'MaterializationEvent',
        occurredAt: 1_767_225_600_000,
        job: 'shop/load orders',
        inputs: [{ key: 's3://raw/orders' }],
        outputs: [{ key: 'postgres://shop/db/public/orders' }],
      },
    ],
  },
)

const BatchAnswer = Type.Object(
  {
    status: Type.Unsafe({ type: 'string', enum: ['success', 'partial_success'] }),
    summary: Type.Object(
      Object.fromEntries(
        ['received', 'successful', 'failed', 'retriable', 'non_retriable'].map((name) => [
          name,
          Type.Integer({ minimum: 0 }),
        ]),
      ),
    ),
    failed_events: Type.Array(
      Type.Object({
        index: Type.Integer({ minimum: 0, description: 'Index in the array, from 0' }),
        reason: text('The problem code, a colon and a description'),
        retriable: Type.Boolean({ description: 'Whether a retry may succeed' }),
      }),
    ),
  },
  { description: 'Events that are not listed are stored. The format of BatchIngestionResponse in OpenLineage' },
)

const Problem = Type.Object(
  {
    type: text('urn:headwater:problem: followed by the code'),
    title: text('A summary, the same for each code'),
    status: Type.Integer({ description: 'The HTTP status' }),
    detail: text('An explanation of this occurrence'),
    code: text('The stable code to branch on; see docs/errors.md'),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: text('JSON pointer into the request body'),
          detail: text('What is wrong at this pointer'),
        }),
      ),
    ),
  },
  { additionalProperties: true, description: 'Problem document (RFC 9457). Further members depend on the code' },
)

const Alias = Type.Object(
  {
    key: Type.Unsafe(named('NamedAsset')),
    alias: Type.Unsafe(named('NamedAsset')),
    authority: Type.Optional(
      Type.Boolean({ description: 'Whether both are key prefixes; the alias then holds for all keys under them' }),
    ),
  },
  { additionalProperties: false, description: 'Two keys that identify the same asset' },
)

export const components = {
  ...openLineageSchemas,
  NativeEvent,
  BatchAnswer,
  Alias,
  NamedAsset: {
    anyOf: [{ type: 'string', ...assetKeySchema }, NamedAsset.anyOf[1]],
    description: 'An asset key, or an OpenLineage namespace and name',
  },
  Problem,
}
