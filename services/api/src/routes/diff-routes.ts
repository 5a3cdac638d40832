import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { diffOf } from '../answers/lineage-diff.ts'
import { LineageDiff } from '../contract/index.ts'
import { walkParameters } from '../parameters/graph-parameters.ts'
import { assetParameters, optionalKey } from '../parameters/key-parameters.ts'
import { momentParameters, refuseExpired, timeOf, timeParameter } from '../parameters/moment-parameters.ts'
import { readQuery } from '../parameters/read-query.ts'
import { noAsset, readResponses } from './read-responses.ts'

export const diffRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/lineage/diff',
    {
      config: { cost: 'costly' },
      schema: {
        operationId: 'diffLineage',
        summary: 'Compare the current edges of two times, with the cause of each change',
        tags: ['lineage'],
        querystring: readQuery({
          from: timeParameter('Earlier time'),
          to: Type.Optional(timeParameter('Later time, now by default')),
          knownAt: momentParameters.knownAt,
          ...assetParameters,
          limit: Type.Integer({
            minimum: 1,
            maximum: 10_000,
            default: 1_000,
            description: 'Greatest number of added edges, and of removed edges',
          }),
          ...walkParameters({ depth: 3, maxNodes: 500 }),
        }),
        response: readResponses(LineageDiff, { notFound: noAsset, hasMoment: true }),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { key, namespace, name, limit, ...query },
      } = request
      const { horizon, now } = request
      const [from, knownAt] = [timeOf(query.from, request), timeOf(query.knownAt, request)]
      refuseExpired({ from, knownAt }, horizon)
      const span = { from, to: timeOf(query.to, request) ?? Math.max(now, from), knownAt, horizon }
      const given = optionalKey({ key, namespace, name })
      const root = given === undefined ? undefined : await catalog.aliases.canonicalKey(given)
      const around = root === undefined ? undefined : { ...query, root }
      return reply.positioned(await diffOf(catalog, { span, around, limit }))
    },
  )
  done()
}
