import { type Edge, type EdgeChange, type EdgeChoice, type EdgeEvidence, linksOf } from '@headwater/lineage'
import type { Column } from '@headwater/schemas'
import { type ReferenceChange, type ReferenceGraph, referenceDiff } from '@headwater/testing/events'
import type { ChangeReader } from '../../src/catalog/change-reader.ts'
import type { ColumnReader } from '../../src/catalog/column-reader.ts'
import type { EdgeReader } from '../../src/catalog/edge-reader.ts'
import { assetValue } from './asset-answers.ts'
import type { TestLog } from './folded-log.ts'

export const inMemoryEdges = ({ aliases, graph }: TestLog): EdgeReader => ({
  async adjacentTo(keys, direction, { moment, edges: choice }) {
    const near = new Set(keys.map(aliases().index.canonical))
    return edgesOf(graph(moment), choice).filter(({ from, to }) => near.has(direction === 'upstream' ? to : from))
  },
})

export const inMemoryChanges = ({ log }: TestLog): ChangeReader => ({
  async between({ from, to, knownAt }, among) {
    const { added, removed } = referenceDiff(log(), from, to, knownAt)
    const isWanted = (change: ReferenceChange) =>
      among === undefined || (among.includes(change.from) && among.includes(change.to))
    return { added: added.filter(isWanted).map(changeOf), removed: removed.filter(isWanted).map(changeOf) }
  },
})

export const inMemoryColumns = ({ aliases, folded, graph }: TestLog): ColumnReader => ({
  async links(selected, direction, moment) {
    const { canonical } = aliases().index
    const columns = selected.map(({ key, column }) => ({ key: canonical(key), column }))
    return linksOf(graph(moment).columns(), columns, direction)
  },
  async schemas(keys, moment) {
    const all = folded(moment)
    const canonicalKeys = [...new Set(keys.map(aliases().index.canonical))]
    const schemas = canonicalKeys.map((key) => [key, assetValue<readonly Column[]>(all, key, 'schema')] as const)
    return new Map(schemas.flatMap(([key, columns]) => (columns === undefined ? [] : [[key, columns] as const])))
  },
})

/** One edge for each pair of assets, with the evidence of all its jobs. */
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

function changeOf({ cause, ...edge }: ReferenceChange): EdgeChange {
  if (cause.kind === 'dropped') return { ...edge, cause: 'dropped', asset: cause.asset, run: null, at: cause.at }
  if (!('runId' in cause)) return { ...edge, cause: cause.kind, asset: null, run: null, at: cause.at }
  const { kind, at, ...run } = cause
  return { ...edge, cause: kind, asset: null, run, at }
}
