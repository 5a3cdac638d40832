import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { diffOf } from '../answers/lineage-diff.ts'
import { LineageDiff } from '../contract/index.ts'
import { walkParameters } from '../parameters/graph-parameters.ts'
import { assetParameters, optionalKey } from '../parameters/key-parameters.ts'
import { keptTimeOf, momentParameters, timeOf } from '../parameters/moment-parameters.ts'
import { readQuery } from '../parameters/read-query.ts'
import type { LineageRoutesOptions } from './lineage-routes.ts'
import { readResponses } from './read-responses.ts'

export const diffRoutes: FastifyPluginCallbackTypebox<LineageRoutesOptions> = (app, { now }, done) => {
  app.get(
    '/lineage/diff',
    {
      schema: {
        operationId: 'diffLineage',
        summary: 'Compare the current edges of two times, with the cause of each change',
        tags: ['lineage'],
        querystring: readQuery({
          from: Type.String({ minLength: 1, description: 'Earlier time, in the format of asOf' }),
          to: Type.Optional(
            Type.String({ minLength: 1, description: 'Later time, in the format of asOf; now by default' }),
          ),
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
        response: readResponses(LineageDiff),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { key, namespace, name, limit, ...query },
      } = request
      const span = {
        from: keptTimeOf('from', query.from, request.horizon),
        to: timeOf('to', query.to) ?? now(),
        knownAt: keptTimeOf('knownAt', query.knownAt, request.horizon),
        horizon: request.horizon,
      }
      const given = optionalKey({ key, namespace, name })
      const root = given === undefined ? undefined : await catalog.aliases.canonicalKey(given)
      const around = root === undefined ? undefined : { ...query, root }
      return reply.positioned(await diffOf(catalog, { span, around, limit }))
    },
  )
  done()
}
