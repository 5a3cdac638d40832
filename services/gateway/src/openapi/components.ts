import { eventTypes } from '@headwater/schemas'
import { Type } from 'typebox'
import { NamedAsset } from '../events/named-asset.ts'
import { openLineageSpecification } from './open-lineage-specification.ts'

// Schemas that the OpenAPI document prints once, by name. What is not ours is referred to where it is defined.

const named = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const text = (description: string) => Type.String({ description })

const NativeEvent = Type.Object(
  {
    type: Type.Unsafe({ type: 'string', enum: [...eventTypes], description: 'The record it is' }),
    occurredAt: Type.Optional(Type.Integer({ description: 'Milliseconds since 1970; now, when it is left out' })),
    eventId: Type.Optional(
      text('Events with the same id are one. Left out it is made: of the content, when there is a time'),
    ),
  },
  {
    additionalProperties: true,
    description:
      'Beside its type the fields of the Avro record of that name (schemas/avro). Those left out get defaults',
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
        index: Type.Integer({ minimum: 0, description: 'Its place in the array, from 0' }),
        reason: text('A code, a colon and a sentence'),
        retriable: Type.Boolean({ description: 'Whether sending it again may help' }),
      }),
    ),
  },
  { description: 'All events that are not listed are stored. As BatchIngestionResponse of OpenLineage has it' },
)

const Problem = Type.Object(
  {
    type: text('urn:headwater:problem: and the code'),
    title: text('What kind of problem, the same for each code'),
    status: Type.Integer({ description: 'The HTTP status' }),
    detail: text('What is wrong with this request, for people'),
    code: text('What programs branch on: docs/errors.md'),
    errors: Type.Optional(
      Type.Array(Type.Object({ pointer: text('A JSON pointer into the body'), detail: text('What is wrong there') })),
    ),
  },
  { additionalProperties: true, description: 'RFC 9457; further members are facts about the problem' },
)

const Alias = Type.Object(
  {
    key: Type.Unsafe(named('NamedAsset')),
    alias: Type.Unsafe(named('NamedAsset')),
    authority: Type.Optional(
      Type.Boolean({ description: 'Both are beginnings of keys, and so are all keys under them' }),
    ),
  },
  { additionalProperties: false, description: 'Two keys that mean one asset' },
)

export const components = {
  OpenLineageEvent: {
    oneOf: openLineageSpecification,
    description: 'An event of OpenLineage 2-0-2. What becomes of it, and what is forgiven: docs/openlineage.md',
  },
  NativeEvent,
  BatchAnswer,
  Alias,
  NamedAsset: { ...NamedAsset, description: 'A key, or namespace and name as OpenLineage has them' },
  Problem,
}
