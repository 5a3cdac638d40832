import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import {
  type EdgeEvidence,
  type LineageAnswer as Graph,
  type LineageNode,
  platformOf,
  traverse,
} from '@headwater/lineage'
import { Type } from 'typebox'
import { answers } from '../answers.ts'
import type { AssetCatalog } from '../asset-catalog.ts'
import { oneOf } from '../contract/schema.ts'
import { type AssetSummary, LineageAnswer } from '../contract.ts'
import { assetNotFound } from '../not-found.ts'
import { checkAssetKey, keyParameter, readQuery } from '../parameters.ts'

const lineageQuery = readQuery({
  key: keyParameter,
  direction: Type.Unsafe<'upstream' | 'downstream' | 'both'>({
    ...oneOf(['upstream', 'downstream', 'both'], 'What it is made from, what is made from it, or both'),
    default: 'both',
  }),
  depth: Type.Integer({
    minimum: 0,
    maximum: 1_000,
    default: 3,
    description: 'Greatest distance from the asset, in edges',
  }),
  maxNodes: Type.Integer({ minimum: 1, maximum: 10_000, default: 500, description: 'Most nodes, the asset included' }),
})

export const lineageRoutes: FastifyPluginCallbackTypebox<{ readonly catalog: AssetCatalog }> = (
  app,
  { catalog },
  done,
) => {
  app.get(
    '/lineage',
    {
      schema: {
        operationId: 'getLineage',
        summary: 'The current graph around one asset',
        tags: ['lineage'],
        querystring: lineageQuery,
        response: answers(LineageAnswer),
      },
    },
    async ({ query: { direction, depth, maxNodes, ...query } }, reply) => {
      const root = checkAssetKey(query.key)
      const graph = await traverse({ root, direction, depth, maxNodes }, (keys, way) => catalog.edges(keys, way))
      const summaries = await catalog.assetSummaries(graph.nodes.map(({ key }) => key))
      const byKey = new Map(summaries.map((summary) => [summary.key, summary]))
      if (!byKey.has(root)) await assetNotFound(catalog, root)
      return reply.positioned({
        ...graph,
        direction,
        depth,
        nodes: graph.nodes.map((node) => ({ ...node, ...(byKey.get(node.key) ?? onlyLinked(node, graph)) })),
        edges: graph.edges.map(({ from, to, jobs }) => ({ from, to, jobs: jobs.map(evidenceOf) })),
        omitted: graph.omitted.slice(),
      })
    },
  )
  done()
}

/** Of an asset that a replica knows by its edges before it knows it by itself. */
function onlyLinked({ id, key }: LineageNode, { edges }: Graph): AssetSummary {
  const evidence = edges.filter(({ from, to }) => from === id || to === id).flatMap(({ jobs }) => jobs)
  return {
    ...{ key, platform: platformOf(key), name: null, owners: [], health: 'UNKNOWN', dropped: false },
    ...{ lastState: null, lastEndedAt: null, lastSuccessAt: null },
    firstSeen: new Date(Math.min(...evidence.map(({ firstSeen }) => firstSeen))).toISOString(),
    lastSeen: new Date(Math.max(...evidence.map(({ lastSeen }) => lastSeen))).toISOString(),
  }
}

const evidenceOf = (evidence: EdgeEvidence) => ({
  ...evidence,
  firstSeen: new Date(evidence.firstSeen).toISOString(),
  lastSeen: new Date(evidence.lastSeen).toISOString(),
})
