import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { findPaths, keyWithoutSecrets } from '@headwater/lineage'
import { Type } from 'typebox'
import { evidenceOf, viewFieldsOf, withSummaries } from '../answers/lineage-nodes.ts'
import { LineagePaths } from '../contract/index.ts'
import { depthParameter, maxNodesParameter } from '../parameters/graph-parameters.ts'
import { keyParameter } from '../parameters/key-parameters.ts'
import { graphViewOf, viewParameters } from '../parameters/moment-parameters.ts'
import { readQuery } from '../parameters/read-query.ts'
import { noAsset, readResponses } from './read-responses.ts'

export const pathRoutes: FastifyPluginCallbackTypebox = (app, _, done) => {
  app.get(
    '/lineage/paths',
    {
      config: { cost: 'costly' },
      schema: {
        operationId: 'findPaths',
        summary: 'Find the paths through which one asset depends on another',
        tags: ['lineage'],
        querystring: readQuery({
          from: keyParameter('Key of the asset that data flows from'),
          to: keyParameter('Key of the asset that depends on it'),
          limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 10, description: 'Greatest number of paths' }),
          ...{ depth: depthParameter(1_000), maxNodes: maxNodesParameter(10_000) },
          ...viewParameters,
        }),
        response: readResponses(LineagePaths, { notFound: noAsset, hasMoment: true }),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { limit, depth: length, maxNodes: most, ...query },
      } = request
      const from = await catalog.aliases.canonicalKey(keyWithoutSecrets(query.from))
      const to = await catalog.aliases.canonicalKey(keyWithoutSecrets(query.to))
      const view = graphViewOf(query, request)
      const search = { from, to, limit, depth: length, maxNodes: most }
      const found = await findPaths(search, (keys, side) => catalog.edges.adjacentTo(keys, side, view))
      const keys = [...new Set([from, to, ...found.paths.flat()])]
      const ids = new Map(keys.map((key, id) => [key, id]))
      const idOf = (key: string) => ids.get(key) ?? 0
      const edges = found.edges.map((edge) => ({ ...edge, from: idOf(edge.from), to: idOf(edge.to) }))
      const nodes = await withSummaries(
        catalog,
        keys.map((key, id) => ({ id, key })),
        edges,
        view.moment,
        [from, to],
      )
      return reply.positioned({
        ...{ from, to, ...viewFieldsOf(view), more: found.more, truncated: found.truncated },
        paths: found.paths.map((path) => path.map(idOf)),
        nodes,
        edges: edges.map((edge) => ({ ...edge, jobs: edge.jobs.map(evidenceOf) })),
      })
    },
  )
  done()
}
