import {
  canonicalLinks,
  currentEdges,
  type DeclaredLink,
  declaredEvidence,
  type Edge,
  type GraphView,
  type Moment,
  type RunGroup,
  type RunIdentity,
  type WriterHistory,
  writerHistories,
} from '@headwater/lineage'
import type { EdgeReader } from '../../catalog/edge-reader.ts'
import { keyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'
import { type AssetSets, assetSets } from './asset-sets.ts'
import { declaredLinks } from './declared-links.ts'
import { droppedAssets } from './dropped-assets.ts'
import { groupsOfRuns, runsInto, runsOutOf } from './run-groups.ts'

type Side = 'upstream' | 'downstream'

export const clickHouseEdges = (tables: Tables): EdgeReader => ({
  async adjacentTo(keys, direction, view) {
    return withoutDropped(tables, await assertedEdges(tables, keys, direction, view), view)
  },
})

/**
 * The current edges into one asset, given the latest success of each job that wrote it: the same edges as `adjacentTo` finds, without
 * reading the other runs, so their evidence is that of these runs alone. Not for a moment with a horizon, since these runs may have expired.
 */
export async function currentEdgesInto(
  tables: Tables,
  key: string,
  successes: readonly RunIdentity[],
  moment: Moment,
): Promise<readonly Edge[]> {
  const view: GraphView = { moment, edges: { kind: 'current' } }
  const groups = groupsOfRuns(tables, keyScope(tables.aliases, [key]), successes, moment)
  return withoutDropped(tables, await edgesInto(tables, [key], view, groups), view)
}

/** Edges of dropped assets are not current. */
async function withoutDropped(tables: Tables, edges: readonly Edge[], view: GraphView): Promise<readonly Edge[]> {
  if (edges.length === 0) return edges
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const dropped = await droppedAssets(tables, [...ends], view.moment)
  if (dropped.size === 0) return edges
  const isDropped = ({ from, to }: Edge) => dropped.has(from) || dropped.has(to)
  if (view.edges.kind === 'current') return edges.filter((edge) => !isDropped(edge))
  return edges.map((edge) =>
    isDropped(edge) ? { ...edge, jobs: edge.jobs.map((evidence) => ({ ...evidence, current: false })) } : edge,
  )
}

/** Edges into or out of any of the assets as runs and declarations assert them, including those of dropped assets. */
export const assertedEdges = (
  tables: Tables,
  keys: readonly string[],
  direction: Side,
  view: GraphView,
): Promise<readonly Edge[]> =>
  direction === 'upstream' ? edgesInto(tables, keys, view) : edgesOutOf(tables, keys, view)

async function edgesInto(
  tables: Tables,
  keys: readonly string[],
  view: GraphView,
  runs: Promise<readonly RunGroup[]> | readonly RunGroup[] = runsInto(
    tables,
    keyScope(tables.aliases, keys),
    view.moment,
  ),
): Promise<readonly Edge[]> {
  const [groups, declared] = await Promise.all([runs, declaredBetweenAssets(tables, keys, 'upstream', view.moment)])
  const histories = writerHistories(groups, view.edges)
  const chosen = setIdsOf(histories.flatMap((history) => history.chosen))
  const chosenSets = await assetSets(tables, [...chosen])
  const remaining = [...setIdsOf(groups)].filter((setId) => !chosen.has(setId))
  // The other sets only add evidence for inputs of the chosen sets and of declarations.
  const inputs = new Set([...[...chosen].flatMap((setId) => chosenSets.of(setId)), ...declared.map(({ from }) => from)])
  const remainingSets = await assetSets(tables, remaining, [...inputs])
  return edgesOf(histories, chosenSets.with(remainingSets), declared, view)
}

async function edgesOutOf(tables: Tables, keys: readonly string[], view: GraphView): Promise<readonly Edge[]> {
  const links = declaredBetweenAssets(tables, keys, 'downstream', view.moment)
  const runs = runsOutOf(tables, keyScope(tables.aliases, keys).keys, view.moment, links)
  const [groups, declared] = await Promise.all([runs, links])
  const sets = await assetSets(tables, [...setIdsOf(groups)], keys)
  return edgesOf(writerHistories(groups, view.edges), sets, declared, view)
}

async function declaredBetweenAssets(
  tables: Tables,
  keys: readonly string[],
  direction: Side,
  moment: Moment,
): Promise<readonly DeclaredLink[]> {
  const { aliases } = tables
  const links = await declaredLinks(tables, keyScope(aliases, keys).keys, direction, moment)
  return aliases.isEmpty ? links : canonicalLinks(links, aliases)
}

function edgesOf(
  histories: readonly WriterHistory[],
  sets: AssetSets,
  declared: readonly DeclaredLink[],
  view: GraphView,
): readonly Edge[] {
  const inputsOf = (setId: string, asset: string) => sets.feeding(setId, asset)
  return currentEdges(histories, inputsOf, declaredEvidence(declared, histories, inputsOf, view.edges))
}

const setIdsOf = (groups: readonly RunGroup[]) => new Set(groups.flatMap((group) => group.inputSets))
