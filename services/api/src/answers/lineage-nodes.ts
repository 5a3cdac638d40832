import { type EdgeEvidence, type GraphView, type Moment, platformOf } from '@headwater/lineage'
import type { Catalog } from '../catalog/catalog.ts'
import type { AssetSummary } from '../contract/index.ts'
import { iso, isoOrNull } from './iso-time.ts'
import { assetNotFound } from './not-found.ts'

type Node = { readonly id: number; readonly key: string }
type NumberedEdge = { readonly from: number; readonly to: number; readonly jobs: readonly EdgeEvidence[] }

/** Adds the summaries of their assets to nodes. @throws ApiError ASSET_NOT_FOUND when one of `required` is unknown */
export async function withSummaries<N extends Node>(
  catalog: Catalog,
  nodes: readonly N[],
  edges: readonly NumberedEdge[],
  moment: Moment,
  required: readonly string[],
): Promise<(N & AssetSummary)[]> {
  const summaries = await catalog.assets.summaries(
    nodes.map(({ key }) => key),
    moment,
  )
  const byKey = new Map(summaries.map((summary) => [summary.key, summary]))
  for (const key of required) if (!byKey.has(key)) await assetNotFound(catalog, key, moment)
  return nodes.map((node) => ({ ...node, ...(byKey.get(node.key) ?? summaryFromEdges(node, edges)) }))
}

/** The summary of an asset whose edges a replica of ClickHouse already has, and whose own rows it lacks. */
function summaryFromEdges({ id, key }: Node, edges: readonly NumberedEdge[]): AssetSummary {
  const evidence = edges.filter(({ from, to }) => from === id || to === id).flatMap(({ jobs }) => jobs)
  return {
    ...{ key, platform: platformOf(key), name: null, owners: [], ownersFrom: null, health: 'UNKNOWN', dropped: false },
    ...{ lastState: null, lastEndedAt: null, lastSuccessAt: null },
    firstSeen: iso(Math.min(...evidence.map(({ firstSeen }) => firstSeen))),
    lastSeen: iso(Math.max(...evidence.map(({ lastSeen }) => lastSeen))).slice(0, 10),
  }
}

/** Evidence with times as ISO 8601. */
export const evidenceOf = (evidence: EdgeEvidence) => ({
  ...evidence,
  firstSeen: iso(evidence.firstSeen),
  lastSeen: iso(evidence.lastSeen),
})

/** The fields `viewFields` of an answer. */
export const viewFieldsOf = ({ moment, edges }: GraphView) => ({
  edgeChoice: edges.kind === 'seenSince' ? ('seenWithin' as const) : edges.kind,
  seenSince: edges.kind === 'seenSince' ? iso(edges.since) : null,
  asOf: isoOrNull(moment.asOf),
  knownAt: isoOrNull(moment.knownAt),
})
