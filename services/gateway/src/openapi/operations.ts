import { consumerStates } from '@headwater/kafka'
import { anArrayOf, foreignPage, jsonOf, notReady, oneOrMore, otherwise, stored, storedInPart } from './answers.ts'
import { assetKeySchema } from './components.ts'
import type { Operation } from './operation.ts'

const query = (description: string) => ({ type: 'string', description })

export const sendOpenLineage: Operation = {
  operationId: 'sendOpenLineage',
  summary: 'Report one OpenLineage event, or an array of them',
  description:
    'Retries are idempotent: the same body gives the same events. The path may have a prefix and repeated slashes.',
  tags: ['events'],
  body: oneOrMore('OpenLineageEvent'),
  response: {
    200: storedInPart,
    201: stored('The event is stored'),
    204: stored('All events of the array are stored'),
    ...otherwise,
  },
}

export const sendOpenLineageBatch: Operation = {
  operationId: 'sendOpenLineageBatch',
  summary: 'Report an array of OpenLineage events',
  tags: ['events'],
  body: anArrayOf('OpenLineageEvent'),
  response: { 200: storedInPart, 204: stored('All events are stored'), ...otherwise },
}

export const sendEvents: Operation = {
  operationId: 'sendEvents',
  summary: 'Report one native event, or an array of them',
  description:
    'Retries are idempotent for events that have occurredAt or eventId. ALIASED and UNALIASED with aliasSource DECLARED or AUTHORITY require the scope admin.',
  tags: ['events'],
  body: oneOrMore('NativeEvent'),
  response: { 200: storedInPart, 201: stored('All events are stored'), ...otherwise },
}

export const declareAlias: Operation = {
  operationId: 'declareAlias',
  summary: 'Add an alias: two keys identify the same asset',
  tags: ['aliases'],
  body: jsonOf('Alias'),
  response: { 201: stored('The alias is stored'), ...otherwise },
}

export const removeAlias: Operation = {
  operationId: 'takeBackAlias',
  summary: 'Remove an alias',
  description: 'Identify each of the two assets by key, or by namespace and name.',
  tags: ['aliases'],
  querystring: {
    type: 'object',
    properties: {
      key: { ...query('An asset key'), ...assetKeySchema },
      namespace: query('Instead of key, together with name'),
      name: query('Instead of key, together with namespace'),
      alias: { ...query('The other asset key'), ...assetKeySchema },
      aliasNamespace: query('Instead of alias, together with aliasName'),
      aliasName: query('Instead of alias, together with aliasNamespace'),
      authority: { type: 'string', enum: ['true', 'false'], description: 'Whether both are key prefixes' },
    },
    additionalProperties: false,
  },
  response: { 204: stored('The removal is stored'), ...otherwise },
}

const ok = {
  200: {
    description: 'OK',
    type: 'object',
    properties: { status: { type: 'string', enum: ['ok'] } },
    required: ['status'],
  },
}
const tags = ['operations']

const gap = {
  type: 'object',
  properties: {
    topic: { type: 'string' },
    partition: { type: 'integer' },
    firstOffset: { type: 'integer' },
    lastOffset: { type: 'integer' },
    topicId: { type: 'string', description: 'Of an earlier topic of this name, if they were of that one' },
  },
  required: ['topic', 'partition', 'firstOffset', 'lastOffset'],
}

const ready = {
  200: {
    description: 'Events are accepted. The consumer of the OpenLineage topic may have trouble all the same',
    type: 'object',
    properties: {
      status: { type: 'string', enum: ['ok'] },
      openLineageTopic: {
        type: 'object',
        properties: {
          state: { type: 'string', enum: [...consumerStates] },
          since: { type: 'string', format: 'date-time' },
          reason: { type: 'string', description: 'Why it does not consume' },
          missingRecords: { type: 'integer', description: 'Records that were deleted before they were consumed' },
          gaps: { type: 'array', description: 'The latest of them', items: gap },
        },
        required: ['state', 'since', 'missingRecords', 'gaps'],
      },
    },
    required: ['status'],
  },
}

export const livez: Operation = { operationId: 'livez', summary: 'Liveness: the process responds', tags, response: ok }

export const readyz: Operation = {
  operationId: 'readyz',
  summary: 'Readiness: events can be accepted',
  tags,
  response: { ...ready, ...notReady },
}

export const metrics: Operation = {
  operationId: 'metrics',
  summary: 'Prometheus metrics',
  tags,
  response: {
    200: { description: 'The metrics', content: { 'text/plain': { schema: { type: 'string' } } } },
    ...foreignPage,
  },
}
