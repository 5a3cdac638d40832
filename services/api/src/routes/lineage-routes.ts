import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { traverse } from '@headwater/lineage'
import { Type } from 'typebox'
import { withColumns } from '../answers/edge-columns.ts'
import { evidenceOf, viewFieldsOf, withSummaries } from '../answers/lineage-nodes.ts'
import { LineageAnswer } from '../contract/index.ts'
import { walkParameters } from '../parameters/graph-parameters.ts'
import { assetParameters, requiredKey } from '../parameters/key-parameters.ts'
import { graphViewOf, viewParameters } from '../parameters/moment-parameters.ts'
import { readQuery } from '../parameters/read-query.ts'
import { noAsset, readResponses } from './read-responses.ts'

export const lineageRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/lineage',
    {
      config: { cost: 'costly' },
      schema: {
        operationId: 'getLineage',
        summary: 'Get the graph around one asset',
        tags: ['lineage'],
        querystring: readQuery({
          ...assetParameters,
          ...walkParameters({ depth: 3, maxNodes: 500 }),
          columns: Type.Boolean({
            default: false,
            description: 'Add to each edge its column lineage, from the latest successes of its jobs',
          }),
          ...viewParameters,
        }),
        response: readResponses(LineageAnswer, { notFound: noAsset, hasMoment: true }),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { direction, depth, maxNodes, columns, ...query },
      } = request
      const root = await catalog.aliases.canonicalKey(requiredKey(query))
      const view = graphViewOf(query, request)
      const search = { root, direction, depth, maxNodes }
      const graph = await traverse(search, (keys, side) => catalog.edges.adjacentTo(keys, side, view))
      const nodes = await withSummaries(catalog, graph.nodes, graph.edges, view.moment, [root])
      const edges = columns ? await withColumns(catalog, graph.nodes, graph.edges, view.moment) : graph.edges
      return reply.positioned({
        ...graph,
        ...viewFieldsOf(view),
        direction,
        depth,
        nodes,
        edges: edges.map(({ jobs, ...edge }) => ({ ...edge, jobs: jobs.map(evidenceOf) })),
        omitted: graph.omitted.slice(),
      })
    },
  )
  done()
}
