import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { findPaths, traverse } from '@headwater/lineage'
import { Type } from 'typebox'
import { withColumns } from '../answers/edge-columns.ts'
import { diffOf } from '../answers/lineage-diff.ts'
import { evidenceOf, viewFieldsOf, withSummaries } from '../answers/lineage-nodes.ts'
import { LineageAnswer, LineageDiff, LineagePaths } from '../contract/index.ts'
import { answers } from '../contract/read-responses.ts'
import { depthParameter, maxNodesParameter, walkParameters } from '../parameters/graph-parameters.ts'
import { graphViewOf, keptTimeOf, momentParameters, timeOf, viewParameters } from '../parameters/moment-parameters.ts'
import { askedKey, assetParameters, checkAssetKey, optionalKey, readQuery } from '../parameters/read-query.ts'

export type LineageRoutesOptions = { readonly now: () => number }

export const lineageRoutes: FastifyPluginCallbackTypebox<LineageRoutesOptions> = (app, { now }, done) => {
  app.get(
    '/lineage',
    {
      schema: {
        operationId: 'getLineage',
        summary: 'The graph around one asset',
        tags: ['lineage'],
        querystring: readQuery({
          ...assetParameters,
          ...walkParameters({ depth: 3, maxNodes: 500 }),
          columns: Type.Boolean({
            default: false,
            description: 'Tell of each edge which columns are made of which, as the latest successes of its jobs say',
          }),
          ...viewParameters,
        }),
        response: answers(LineageAnswer),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { direction, depth, maxNodes, columns, ...query },
      } = request
      const root = await catalog.aliases.canonicalKey(askedKey(query))
      const view = graphViewOf(query, now(), request.horizon)
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

  app.get(
    '/lineage/paths',
    {
      schema: {
        operationId: 'findPaths',
        summary: 'Why one asset depends on another: the ways data takes',
        tags: ['lineage'],
        querystring: readQuery({
          from: Type.String({ description: 'Key of the asset from which data flows' }),
          to: Type.String({ description: 'Key of the asset that depends on it' }),
          limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 10, description: 'Most paths' }),
          ...{ depth: depthParameter(1_000), maxNodes: maxNodesParameter(10_000) },
          ...viewParameters,
        }),
        response: answers(LineagePaths),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { limit, depth: length, maxNodes: most, ...query },
      } = request
      const from = await catalog.aliases.canonicalKey(checkAssetKey(query.from, 'from'))
      const to = await catalog.aliases.canonicalKey(checkAssetKey(query.to, 'to'))
      const view = graphViewOf(query, now(), request.horizon)
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

  app.get(
    '/lineage/diff',
    {
      schema: {
        operationId: 'diffLineage',
        summary: 'Edges of the current graph that came and went between two times, and by which run',
        tags: ['lineage'],
        querystring: readQuery({
          from: Type.String({ minLength: 1, description: 'Earlier time, as for asOf' }),
          to: Type.Optional(Type.String({ minLength: 1, description: 'Later time; now when it is not given' })),
          knownAt: momentParameters.knownAt,
          ...assetParameters,
          limit: Type.Integer({ minimum: 1, maximum: 10_000, default: 1_000, description: 'Most edges of each kind' }),
          ...walkParameters({ depth: 3, maxNodes: 500 }),
        }),
        response: answers(LineageDiff),
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
      const asked = optionalKey({ key, namespace, name })
      const root = asked === undefined ? undefined : await catalog.aliases.canonicalKey(asked)
      const around = root === undefined ? undefined : { ...query, root }
      return reply.positioned(await diffOf(catalog, { span, around, limit }))
    },
  )
  done()
}
