import { causesOfChanges, changedEdges, changesByCause, type EdgeChanges } from '@headwater/lineage'
import type { ChangeReader, Span } from '../../catalog/change-reader.ts'
import { droppedAssets } from '../edges/dropped-assets.ts'
import type { Tables } from '../tables.ts'
import { candidateEdges } from './candidate-edges.ts'
import { restorationsOf, runsOfChanges } from './runs-of-changes.ts'
import { momentsOf } from './span.ts'

export const clickHouseChanges = (tables: Tables): ChangeReader => ({
  between: (span, among) => edgeChanges(tables, span, among),
})

/** @throws ApiError QUERY_TOO_EXPENSIVE when too much has changed */
async function edgeChanges(tables: Tables, span: Span, among: readonly string[] | undefined): Promise<EdgeChanges> {
  const moments = momentsOf(span)
  const candidates = await candidateEdges(tables, span, moments, among)
  const ends = [...new Set(candidates.flatMap(({ from, to }) => [from, to]))]
  const [before, after] = await Promise.all([
    droppedAssets(tables, ends, moments.before),
    droppedAssets(tables, ends, moments.after),
  ])
  const drops = { before, after }
  const changes = changesByCause(changedEdges(candidates, drops))
  const [restorations, runs] = await Promise.all([
    restorationsOf(tables, changes.restored, before, moments.after),
    runsOfChanges(tables, [...changes.addedByRun, ...changes.removedByRun], moments),
  ])
  return causesOfChanges(changes, { drops, restorations, runs })
}
