import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { aliasMembers, statementsOf } from '../answers/alias-members.ts'
import { assetNotFound } from '../answers/not-found.ts'
import { placeOf, refusedAliases } from '../answers/refused-aliases.ts'
import { AliasAnswer, SuspiciousAliases } from '../contract/index.ts'
import { assetParameters, requiredKey } from '../parameters/key-parameters.ts'
import { pageRequest } from '../parameters/page-request.ts'
import { pageParameters, readQuery } from '../parameters/read-query.ts'
import { noAsset, readResponses } from './read-responses.ts'

export const aliasRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/aliases',
    {
      schema: {
        operationId: 'getAliases',
        summary: 'Get all keys of one asset, and the source of each',
        tags: ['assets'],
        querystring: readQuery(assetParameters),
        response: readResponses(AliasAnswer, { notFound: noAsset }),
      },
    },
    async ({ catalog, query }, reply) => {
      const asked = requiredKey(query)
      const { index } = catalog.aliases
      const key = await catalog.aliases.canonicalKey(asked)
      const [canonical, ...members] = aliasMembers(index, key)
      const isKnown = members.length > 0 || (await catalog.assets.summaries([key], {})).length > 0
      if (canonical === undefined || !isKnown) await assetNotFound(catalog, asked, {})
      const keys = new Set(index.keysOf(key))
      const refused = refusedAliases(index).filter(({ asset, alias }) => keys.has(asset) || keys.has(alias))
      return reply.positioned({ key, asked, members, statements: statementsOf(index, key), refused })
    },
  )

  app.get(
    '/aliases/suspicious',
    {
      schema: {
        operationId: 'listSuspiciousAliases',
        summary: 'List refused aliases',
        tags: ['assets'],
        querystring: readQuery(pageParameters),
        response: readResponses(SuspiciousAliases),
      },
    },
    async (request, reply) => {
      const { limit, after, nextCursor } = pageRequest('refused', request)
      const all = refusedAliases(request.catalog.aliases.index)
      const rest = all.filter((refused) => after === undefined || placeOf(refused) > after)
      const items = rest.slice(0, limit)
      const last = rest.length > limit ? items.at(-1) : undefined
      const next = last === undefined ? null : placeOf(last)
      return reply.positioned({ items, total: all.length, nextCursor: nextCursor(next) })
    },
  )
  done()
}
