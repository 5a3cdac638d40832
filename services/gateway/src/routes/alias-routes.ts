import type { PartitionRules } from '@headwater/lineage'
import type { FastifyPluginCallback } from 'fastify'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { GatewayError } from '../errors.ts'
import { aliasEventOf } from '../events/alias-event.ts'
import { NamedAsset } from '../events/named-asset.ts'
import type { EventLog } from '../log/event-log.ts'
import { declareAlias, removeAlias } from '../openapi/operations.ts'
import { answerStored } from './ingest-answer.ts'

const AliasBody = Type.Object(
  { key: NamedAsset, alias: NamedAsset, authority: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)

export type AliasOptions = { readonly log: EventLog; readonly now: () => number; readonly trim: PartitionRules }

/** Adds and removes aliases: pairs of keys, or of key prefixes, that identify the same asset. */
export const aliasRoutes: FastifyPluginCallback<AliasOptions> = (app, { log, now, trim }, done) => {
  app.post('/api/v1/aliases', { config: { access: 'admin', operation: declareAlias } }, async (request, reply) => {
    const event = aliasEventOf(checked(await request.json()), 'ALIASED', now(), trim)
    return answerStored(reply, 201, await log.append([event]))
  })
  app.delete('/api/v1/aliases', { config: { access: 'admin', operation: removeAlias } }, async (request, reply) => {
    const event = aliasEventOf(checked(bodyOf(request.query as Query)), 'UNALIASED', now(), trim)
    return answerStored(reply, 204, await log.append([event]))
  })
  done()
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>

const flags: ReadonlyMap<unknown, boolean> = new Map([
  ['', true],
  ['true', true],
  ['false', false],
])

const allowed = ['key', 'namespace', 'name', 'alias', 'aliasNamespace', 'aliasName', 'authority']

/** The body that the query parameters stand for: `key`, or `namespace` and `name`; `alias`, or `aliasNamespace` and `aliasName`. */
function bodyOf(query: Query): unknown {
  for (const parameter of Object.keys(query)) {
    if (!allowed.includes(parameter))
      throw invalid(parameter, `unknown parameter ${JSON.stringify(parameter)}; allowed: ${allowed.join(', ')}`)
  }
  const { authority } = query
  return {
    key: namedBy(query, 'key', 'namespace', 'name'),
    alias: namedBy(query, 'alias', 'aliasNamespace', 'aliasName'),
    ...(authority === undefined ? {} : { authority: flags.get(authority) ?? authority }),
  }
}

function namedBy(query: Query, keyParameter: string, ...pair: readonly [string, string]): unknown {
  const { [keyParameter]: key, [pair[0]]: namespace, [pair[1]]: name } = query
  if (key === undefined) return { namespace, name }
  const beside = pair.find((parameter) => query[parameter] !== undefined)
  if (beside === undefined) return key
  throw invalid(
    beside,
    `${beside} does not fit together with ${keyParameter}: give either ${keyParameter}, or both ${pair.join(' and ')}`,
  )
}

const invalid = (parameter: string, detail: string) =>
  new GatewayError('INVALID_PARAMETER', detail, { parameter, errors: [{ pointer: `/${parameter}`, detail }] })

function checked(body: unknown): Static<typeof AliasBody> {
  if (Value.Check(AliasBody, body)) return body
  const errors = Value.Errors(AliasBody, body).map(({ instancePath, message }) => ({
    pointer: instancePath,
    detail: message,
  }))
  const detail =
    'Expected {"key", "alias", "authority"?}, where key and alias are each an asset key or {"namespace", "name"}'
  throw new GatewayError('INVALID_PARAMETER', detail, { errors })
}
