import { type EdgeEvidence, type GraphView, type Moment, platformOf } from '@headwater/lineage'
import type { Catalog } from '../catalog/catalog.ts'
import type { AssetSummary } from '../contract/index.ts'
import { iso, isoOrNull } from './iso-time.ts'
import { assetNotFound } from './not-found.ts'

type Node = { readonly id: number; readonly key: string }
type NumberedEdge = { readonly from: number; readonly to: number; readonly jobs: readonly EdgeEvidence[] }

/** Nodes with what lists show of their assets. @throws ApiError ASSET_NOT_FOUND when one of `asked` is not known */
export async function withSummaries<N extends Node>(
  catalog: Catalog,
  nodes: readonly N[],
  edges: readonly NumberedEdge[],
  moment: Moment,
  asked: readonly string[],
): Promise<(N & AssetSummary)[]> {
  const summaries = await catalog.assets.summaries(
    nodes.map(({ key }) => key),
    moment,
  )
  const byKey = new Map(summaries.map((summary) => [summary.key, summary]))
  for (const key of asked) if (!byKey.has(key)) await assetNotFound(catalog, key, moment)
  return nodes.map((node) => ({ ...node, ...(byKey.get(node.key) ?? onlyLinked(node, edges)) }))
}

/** Of an asset that a replica knows by its edges before it knows it by itself. */
function onlyLinked({ id, key }: Node, edges: readonly NumberedEdge[]): AssetSummary {
  const evidence = edges.filter(({ from, to }) => from === id || to === id).flatMap(({ jobs }) => jobs)
  return {
    ...{ key, platform: platformOf(key), name: null, owners: [], ownersFrom: null, health: 'UNKNOWN', dropped: false },
    ...{ lastState: null, lastEndedAt: null, lastSuccessAt: null },
    firstSeen: iso(Math.min(...evidence.map(({ firstSeen }) => firstSeen))),
    lastSeen: iso(Math.max(...evidence.map(({ lastSeen }) => lastSeen))).slice(0, 10),
  }
}

export const evidenceOf = (evidence: EdgeEvidence) => ({
  ...evidence,
  firstSeen: iso(evidence.firstSeen),
  lastSeen: iso(evidence.lastSeen),
})

/** What an answer tells of the view that it was made from. */
export const viewFieldsOf = ({ moment, edges }: GraphView) => ({
  edgeChoice: edges.kind === 'seenSince' ? ('seenWithin' as const) : edges.kind,
  seenSince: edges.kind === 'seenSince' ? iso(edges.since) : null,
  asOf: isoOrNull(moment.asOf),
  knownAt: isoOrNull(moment.knownAt),
})
