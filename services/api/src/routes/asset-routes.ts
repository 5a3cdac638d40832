import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { isoOrNull } from '../answers/iso-time.ts'
import { assetNotFound } from '../answers/not-found.ts'
import { AssetCard, AssetPage, MaterializationPage, runStates } from '../contract/index.ts'
import { oneOf } from '../contract/schema.ts'
import { assetParameters, requiredKey } from '../parameters/key-parameters.ts'
import { momentOf, momentParameters } from '../parameters/moment-parameters.ts'
import { pageRequest } from '../parameters/page-request.ts'
import { nameParameter, pageParameters, readQuery } from '../parameters/read-query.ts'
import { noAsset, readResponses } from './read-responses.ts'

export const assetRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/assets',
    {
      config: { cost: 'costly' },
      schema: {
        operationId: 'searchAssets',
        summary: 'Search assets',
        tags: ['assets'],
        querystring: readQuery({
          q: Type.Optional(nameParameter('Part of any key of the asset, ignoring the case of ASCII letters', 'orders')),
          prefix: Type.Optional(nameParameter('Beginning of any key of the asset', 's3://bucket/')),
          platform: Type.Optional(nameParameter('Scheme of the canonical key, e.g. postgres', 'postgres')),
          ...pageParameters,
        }),
        response: readResponses(AssetPage),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { q, prefix, platform },
      } = request
      const { limit, after, nextCursor } = pageRequest('assets', request)
      const filter = { q, prefix, platform }
      const [{ items, next }, facets] = await Promise.all([
        catalog.assets.search({ ...filter, limit, after }),
        after === undefined ? catalog.assets.facets(filter) : null,
      ])
      return reply.positioned({ items: items.slice(), nextCursor: nextCursor(next), facets })
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
        response: readResponses(AssetCard, { notFound: noAsset, hasMoment: true }),
      },
    },
    async (request, reply) => {
      const { catalog, query } = request
      const key = await catalog.aliases.canonicalKey(requiredKey(query))
      const moment = momentOf(query, request)
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
        response: readResponses(MaterializationPage, { notFound: noAsset, hasMoment: true }),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { state, ...query },
      } = request
      const key = await catalog.aliases.canonicalKey(requiredKey(query))
      const { limit, after, moment, nextCursor } = pageRequest('materializations', request)
      const { items, next } = await catalog.assets.materializations({ key, state, moment, limit, after })
      if (items.length === 0 && (await catalog.assets.summaries([key], moment)).length === 0) {
        await assetNotFound(catalog, key, moment)
      }
      const expiredBefore = isoOrNull(moment.horizon)
      return reply.positioned({
        key,
        items: items.slice(),
        nextCursor: nextCursor(next),
        expiredBefore,
      })
    },
  )
  done()
}
