import type { AliasIndex, Edge, GraphView, Moment } from '@headwater/lineage'
import { keyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { type AssetSets, assetSets } from './asset-sets.ts'
import { type ChosenGroups, choose, chosenEdges, type RunGroup } from './chosen-edges.ts'
import { type DeclaredLink, declaredEvidence, joinedLinks } from './declared-edges.ts'
import { declaredLinks } from './declared-links.ts'
import { droppedAssets } from './dropped-assets.ts'
import { runsInto, runsOutOf } from './run-groups.ts'

/** Edges of the view into (upstream) or out of (downstream) any of the assets `keys`. Dropped assets have no current ones. */
export async function clickHouseEdges(
  ask: Ask,
  aliases: AliasIndex,
  keys: readonly string[],
  direction: 'upstream' | 'downstream',
  view: GraphView,
): Promise<readonly Edge[]> {
  const edges = await edgesEvenIfDropped(ask, aliases, keys, direction, view)
  if (edges.length === 0) return edges
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const dropped = await droppedAssets(ask, keyScope(aliases, [...ends]), view.moment)
  if (dropped.size === 0) return edges
  const isDropped = ({ from, to }: Edge) => dropped.has(from) || dropped.has(to)
  if (view.edges.kind === 'current') return edges.filter((edge) => !isDropped(edge))
  return edges.map((edge) =>
    isDropped(edge) ? { ...edge, jobs: edge.jobs.map((evidence) => ({ ...evidence, current: false })) } : edge,
  )
}

/** As `clickHouseEdges`, with the edges of assets that are dropped. */
export const edgesEvenIfDropped = (
  ask: Ask,
  aliases: AliasIndex,
  keys: readonly string[],
  direction: 'upstream' | 'downstream',
  view: GraphView,
): Promise<readonly Edge[]> =>
  direction === 'upstream' ? edgesInto(ask, aliases, keys, view) : edgesOutOf(ask, aliases, keys, view)

async function edgesInto(
  ask: Ask,
  aliases: AliasIndex,
  keys: readonly string[],
  view: GraphView,
): Promise<readonly Edge[]> {
  const [groups, declared] = await Promise.all([
    runsInto(ask, keyScope(aliases, keys), view.moment),
    meantLinks(ask, aliases, keys, 'upstream', view.moment),
  ])
  const histories = choose(groups, view.edges)
  const chosen = setIdsOf(histories.flatMap((history) => history.chosen))
  const known = await assetSets(ask, aliases, [...chosen])
  const others = [...setIdsOf(groups)].filter((setId) => !chosen.has(setId))
  // Of other sets only what is an input by a chosen one, or declared, counts, as evidence.
  const inputs = new Set([...[...chosen].flatMap((setId) => known.of(setId)), ...declared.map(({ from }) => from)])
  const more = await assetSets(ask, aliases, others, [...inputs])
  return edgesOf(histories, known.with(more), declared, view)
}

async function edgesOutOf(
  ask: Ask,
  aliases: AliasIndex,
  keys: readonly string[],
  view: GraphView,
): Promise<readonly Edge[]> {
  const links = meantLinks(ask, aliases, keys, 'downstream', view.moment)
  const runs = runsOutOf(ask, aliases, keyScope(aliases, keys).keys, view.moment, links)
  const [groups, declared] = await Promise.all([runs, links])
  const sets = await assetSets(ask, aliases, [...setIdsOf(groups)], keys)
  return edgesOf(choose(groups, view.edges), sets, declared, view)
}

/** What jobs declare, between assets. */
async function meantLinks(
  ask: Ask,
  aliases: AliasIndex,
  keys: readonly string[],
  direction: 'upstream' | 'downstream',
  moment: Moment,
): Promise<readonly DeclaredLink[]> {
  const links = await declaredLinks(ask, keyScope(aliases, keys).keys, direction, moment)
  return aliases.isEmpty ? links : joinedLinks(links, aliases)
}

function edgesOf(
  histories: readonly ChosenGroups[],
  sets: AssetSets,
  declared: readonly DeclaredLink[],
  view: GraphView,
): readonly Edge[] {
  const inputsOf = (setId: string, asset: string) => sets.feeding(setId, asset)
  return chosenEdges(histories, inputsOf, declaredEvidence(declared, histories, inputsOf, view.edges))
}

const setIdsOf = (groups: readonly RunGroup[]) => new Set(groups.flatMap((group) => group.inputSets))
