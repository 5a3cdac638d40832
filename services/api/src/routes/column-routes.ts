import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { columnLineageOf } from '../answers/column-lineage.ts'
import { isoOrNull } from '../answers/iso-time.ts'
import { ColumnLineage } from '../contract/index.ts'
import { walkParameters } from '../parameters/graph-parameters.ts'
import { assetParameters, requiredKey } from '../parameters/key-parameters.ts'
import { momentOf, momentParameters } from '../parameters/moment-parameters.ts'
import { nameParameter, readQuery } from '../parameters/read-query.ts'
import { noAsset, readResponses } from './read-responses.ts'

const wholeRow = Type.Boolean({
  default: false,
  description:
    'Continue the walk at whole rows: a column that decides on the rows of an asset then leads to everything that any column of the asset feeds. Without it, the walk ends at a row',
})

export const columnRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/columns/lineage',
    {
      config: { cost: 'costly' },
      schema: {
        operationId: 'getColumnLineage',
        summary: 'Get the column lineage around one column or all columns of an asset, from the latest successes',
        tags: ['lineage'],
        querystring: readQuery({
          ...assetParameters,
          column: Type.Optional(nameParameter('Column name as it was reported; all columns by default', 'amount')),
          ...walkParameters({ depth: 3, maxNodes: 500 }),
          wholeRow,
          ...momentParameters,
        }),
        response: readResponses(ColumnLineage, {
          notFound: `${noAsset}; COLUMN_NOT_FOUND: it has no such column`,
          hasMoment: true,
        }),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { column, direction, depth, maxNodes, wholeRow: isThroughRows, ...query },
      } = request
      const key = await catalog.aliases.canonicalKey(requiredKey(query))
      const moment = momentOf(query, request)
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
