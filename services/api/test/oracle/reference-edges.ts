import type { Edge, EdgeChange, EdgeChoice, EdgeEvidence } from '@headwater/lineage'
import type { ReferenceChange, ReferenceGraph } from '@headwater/testing/events'

/** Edges of the reference in the form of the catalog: those of several jobs as one. */
export function edgesOf(graph: ReferenceGraph, choice: EdgeChoice): readonly Edge[] {
  const edges = new Map<string, Edge & { jobs: EdgeEvidence[] }>()
  for (const { from, to, isCurrent: current, ...evidence } of graph.edges(modeOf(choice))) {
    const edge = edges.get(`${from} ${to}`) ?? { from, to, jobs: [] }
    edge.jobs.push({ ...evidence, current })
    edges.set(`${from} ${to}`, edge)
  }
  return [...edges.values()]
}

export const modeOf = (choice: EdgeChoice) => (choice.kind === 'seenSince' ? { seenSince: choice.since } : choice.kind)

export function changeOf({ cause, ...edge }: ReferenceChange): EdgeChange {
  if (cause.kind === 'dropped') return { ...edge, cause: 'dropped', asset: cause.asset, run: null, at: cause.at }
  if (!('runId' in cause)) {
    return { ...edge, cause: cause.kind, asset: null, run: null, at: cause.at }
  }
  const { kind, at, ...run } = cause
  return { ...edge, cause: kind, asset: null, run, at }
}
