import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { isoOrNull } from '../answers/iso-time.ts'
import { assetNotFound } from '../answers/not-found.ts'
import { AssetCard, AssetPage, MaterializationPage, runStates } from '../contract/index.ts'
import { oneOf } from '../contract/schema.ts'
import { formatCursor, parseCursor } from '../parameters/cursor.ts'
import { assetParameters, requiredKey } from '../parameters/key-parameters.ts'
import { momentOf, momentParameters } from '../parameters/moment-parameters.ts'
import { pageParameters, readQuery, textParameter } from '../parameters/read-query.ts'
import { readResponses } from './read-responses.ts'

export const assetRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/assets',
    {
      schema: {
        operationId: 'searchAssets',
        summary: 'Search assets',
        tags: ['assets'],
        querystring: readQuery({
          q: Type.Optional(textParameter('Part of any key of the asset, ignoring the case of ASCII letters')),
          prefix: Type.Optional(textParameter('Beginning of any key of the asset')),
          platform: Type.Optional(textParameter('Scheme of the canonical key, e.g. postgres')),
          ...pageParameters,
        }),
        response: readResponses(AssetPage),
      },
    },
    async ({ catalog, query: { q, prefix, platform, limit, cursor } }, reply) => {
      const after = parseCursor('assets', cursor)
      const filter = { q, prefix, platform }
      const [{ items, next }, facets] = await Promise.all([
        catalog.assets.search({ ...filter, limit, after }),
        after === undefined ? catalog.assets.facets(filter) : null,
      ])
      return reply.positioned({ items: items.slice(), nextCursor: formatCursor('assets', next), facets })
    },
  )

  app.get(
    '/asset',
    {
      schema: {
        operationId: 'getAsset',
        summary: 'Get everything about one asset',
        tags: ['assets'],
        querystring: readQuery({ ...assetParameters, ...momentParameters }),
        response: readResponses(AssetCard),
      },
    },
    async (request, reply) => {
      const { catalog, query } = request
      const key = await catalog.aliases.canonicalKey(requiredKey(query))
      const moment = momentOf(query, request.horizon)
      return reply.positioned((await catalog.assets.card(key, moment)) ?? (await assetNotFound(catalog, key, moment)))
    },
  )

  app.get(
    '/asset/materializations',
    {
      schema: {
        operationId: 'listMaterializations',
        summary: 'List the materializations of one asset',
        tags: ['assets'],
        querystring: readQuery({
          ...assetParameters,
          state: Type.Optional(oneOf(runStates, 'Only runs in this state')),
          ...momentParameters,
          ...pageParameters,
        }),
        response: readResponses(MaterializationPage),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { state, limit, cursor, ...query },
      } = request
      const key = await catalog.aliases.canonicalKey(requiredKey(query))
      const moment = momentOf(query, request.horizon)
      const after = parseCursor('runs', cursor)
      const { items, next } = await catalog.assets.materializations({ key, state, moment, limit, after })
      if (items.length === 0 && (await catalog.assets.summaries([key], moment)).length === 0) {
        await assetNotFound(catalog, key, moment)
      }
      const expiredBefore = isoOrNull(moment.horizon)
      return reply.positioned({
        key,
        items: items.slice(),
        nextCursor: formatCursor('runs', next),
        expiredBefore,
      })
    },
  )
  done()
}
