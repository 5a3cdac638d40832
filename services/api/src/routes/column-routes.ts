import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { columnLineageOf } from '../answers/column-lineage.ts'
import { isoOrNull } from '../answers/iso-time.ts'
import { ColumnLineage } from '../contract/index.ts'
import { answers } from '../contract/read-responses.ts'
import { walkParameters } from '../parameters/graph-parameters.ts'
import { momentOf, momentParameters } from '../parameters/moment-parameters.ts'
import { askedKey, assetParameters, readQuery, textParameter } from '../parameters/read-query.ts'

const wholeRow = Type.Boolean({
  default: false,
  description:
    'Walk on from whole rows: what decides on the rows of an asset concerns all that any of its columns feeds. Else a row is where the walk ends',
})

export const columnRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/columns/lineage',
    {
      schema: {
        operationId: 'getColumnLineage',
        summary: 'Which columns one is made from and which are made from it, as the latest successes say',
        tags: ['lineage'],
        querystring: readQuery({
          ...assetParameters,
          column: Type.Optional(textParameter('Column name as it was stated; all columns when it is not given')),
          ...walkParameters({ depth: 3, maxNodes: 500 }),
          wholeRow,
          ...momentParameters,
        }),
        response: answers(ColumnLineage),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { column, direction, depth, maxNodes, wholeRow: isThroughRows, ...query },
      } = request
      const key = await catalog.aliases.canonicalKey(askedKey(query))
      const moment = momentOf(query, request.horizon)
      const walk = { key, direction, depth, maxNodes, isThroughRows }
      return reply.positioned({
        ...(await columnLineageOf(catalog, { ...walk, column, moment })),
        ...{ direction, depth, wholeRow: isThroughRows },
        ...{ asOf: isoOrNull(moment.asOf), knownAt: isoOrNull(moment.knownAt) },
      })
    },
  )
  done()
}
