import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { findPaths, traverse } from '@headwater/lineage'
import { Type } from 'typebox'
import { withColumns } from '../answers/edge-columns.ts'
import { diffOf } from '../answers/lineage-diff.ts'
import { evidenceOf, viewFieldsOf, withSummaries } from '../answers/lineage-nodes.ts'
import { LineageAnswer, LineageDiff, LineagePaths } from '../contract/index.ts'
import { depthParameter, maxNodesParameter, walkParameters } from '../parameters/graph-parameters.ts'
import { assetParameters, checkAssetKey, optionalKey, requiredKey } from '../parameters/key-parameters.ts'
import { graphViewOf, keptTimeOf, momentParameters, timeOf, viewParameters } from '../parameters/moment-parameters.ts'
import { readQuery } from '../parameters/read-query.ts'
import { readResponses } from './read-responses.ts'

export type LineageRoutesOptions = { readonly now: () => number }

export const lineageRoutes: FastifyPluginCallbackTypebox<LineageRoutesOptions> = (app, { now }, done) => {
  app.get(
    '/lineage',
    {
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
        response: readResponses(LineageAnswer),
      },
    },
    async (request, reply) => {
      const {
        catalog,
        query: { direction, depth, maxNodes, columns, ...query },
      } = request
      const root = await catalog.aliases.canonicalKey(requiredKey(query))
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
        summary: 'Find the paths through which one asset depends on another',
        tags: ['lineage'],
        querystring: readQuery({
          from: Type.String({ description: 'Key of the asset that data flows from' }),
          to: Type.String({ description: 'Key of the asset that depends on it' }),
          limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 10, description: 'Greatest number of paths' }),
          ...{ depth: depthParameter(1_000), maxNodes: maxNodesParameter(10_000) },
          ...viewParameters,
        }),
        response: readResponses(LineagePaths),
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
