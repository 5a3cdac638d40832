import { anArrayOf, jsonOf, notReady, oneOrMore, otherwise, stored, storedInPart } from './answers.ts'
import type { Operation } from './operation.ts'

const query = (description: string) => ({ type: 'string', description })

export const sendOpenLineage: Operation = {
  operationId: 'sendOpenLineage',
  summary: 'An OpenLineage event, or an array',
  description: 'Sending the same body again gives the same events. The path may have a prefix and slashes too many.',
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
  summary: 'OpenLineage events',
  tags: ['events'],
  body: anArrayOf('OpenLineageEvent'),
  response: { 200: storedInPart, 204: stored('All are stored'), ...otherwise },
}

export const sendEvents: Operation = {
  operationId: 'sendEvents',
  summary: "One of Headwater's own events, or an array",
  description: 'An event that says occurredAt or eventId is the same event when it is sent again.',
  tags: ['events'],
  body: oneOrMore('NativeEvent'),
  response: { 200: storedInPart, 201: stored('All are stored'), ...otherwise },
}

export const declareAlias: Operation = {
  operationId: 'declareAlias',
  summary: 'Two keys mean one asset',
  tags: ['aliases'],
  body: jsonOf('Alias'),
  response: { 201: stored('It is stored'), ...otherwise },
}

export const takeBackAlias: Operation = {
  operationId: 'takeBackAlias',
  summary: 'Two keys mean one asset no longer',
  description: 'Each of the two by its key, or by namespace and name.',
  tags: ['aliases'],
  querystring: {
    type: 'object',
    properties: {
      key: query('A key'),
      namespace: query('In place of key, with name'),
      name: query('In place of key, with namespace'),
      alias: query('The other key'),
      aliasNamespace: query('In place of alias, with aliasName'),
      aliasName: query('In place of alias, with aliasNamespace'),
      authority: { type: 'string', enum: ['true', 'false'], description: 'Both are beginnings of keys' },
    },
  },
  response: { 204: stored('It is stored'), ...otherwise },
}

const ok = {
  200: {
    description: 'Yes',
    type: 'object',
    properties: { status: { type: 'string', enum: ['ok'] } },
    required: ['status'],
  },
}
const tags = ['operations']

export const livez: Operation = { operationId: 'livez', summary: 'Does the process answer?', tags, response: ok }

export const readyz: Operation = {
  operationId: 'readyz',
  summary: 'Can events be taken now?',
  tags,
  response: { ...ok, ...notReady },
}

export const metrics: Operation = {
  operationId: 'metrics',
  summary: 'Prometheus metrics',
  tags,
  response: { 200: { description: 'The metrics', content: { 'text/plain': { schema: { type: 'string' } } } } },
}
