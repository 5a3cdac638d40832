import { type EdgeEvidence, type GraphView, type Moment, platformOf } from '@headwater/lineage'
import type { AssetCatalog } from './asset-catalog.ts'
import type { AssetSummary } from './contract.ts'

type Node = { readonly id: number; readonly key: string }
type NumberedEdge = { readonly from: number; readonly to: number; readonly jobs: readonly EdgeEvidence[] }

/** Nodes with what lists show of their assets, and whether an event names a key. */
export async function withSummaries<N extends Node>(
  catalog: AssetCatalog,
  nodes: readonly N[],
  edges: readonly NumberedEdge[],
  moment: Moment,
): Promise<{ readonly nodes: (N & AssetSummary)[]; readonly isKnown: (key: string) => boolean }> {
  const summaries = await catalog.assetSummaries(
    nodes.map(({ key }) => key),
    moment,
  )
  const byKey = new Map(summaries.map((summary) => [summary.key, summary]))
  return {
    nodes: nodes.map((node) => ({ ...node, ...(byKey.get(node.key) ?? onlyLinked(node, edges)) })),
    isKnown: (key) => byKey.has(key),
  }
}

/** Of an asset that a replica knows by its edges before it knows it by itself. */
function onlyLinked({ id, key }: Node, edges: readonly NumberedEdge[]): AssetSummary {
  const evidence = edges.filter(({ from, to }) => from === id || to === id).flatMap(({ jobs }) => jobs)
  return {
    ...{ key, platform: platformOf(key), name: null, owners: [], health: 'UNKNOWN', dropped: false },
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
  choice: edges.kind === 'seenSince' ? ('seenWithin' as const) : edges.kind,
  seenSince: edges.kind === 'seenSince' ? iso(edges.since) : null,
  asOf: isoOrNull(moment.asOf),
  knownAt: isoOrNull(moment.knownAt),
})

export const iso = (epochMs: number): string => new Date(epochMs).toISOString()
export const isoOrNull = (epochMs: number | null | undefined): string | null => (epochMs == null ? null : iso(epochMs))
