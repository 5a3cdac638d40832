import type { AliasIndex, Edge, GraphView } from '@headwater/lineage'
import type { Ask } from './ask.ts'
import { assetSets } from './asset-sets.ts'
import { type ChosenGroups, choose, chosenEdges, type RunGroup } from './chosen-edges.ts'
import { keyScope } from './key-scope.ts'
import { droppedAssets } from './queries/dropped-assets.ts'
import { runsInto, runsOutOf } from './queries/run-groups.ts'

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
  const groups = await runsInto(ask, keyScope(aliases, keys), view.moment)
  const histories = choose(groups, view.edges)
  const chosen = setIdsOf(histories.flatMap((history) => history.chosen))
  const members = new Map(await assetSets(ask, aliases, [...chosen]))
  const others = [...setIdsOf(groups)].filter((setId) => !chosen.has(setId))
  if (others.length > 0) {
    // Of other sets only what is an input by a chosen one counts, as evidence.
    const inputs = [...new Set([...members.values()].flat())]
    for (const [setId, found] of await assetSets(ask, aliases, others, inputs)) members.set(setId, found)
  }
  return edgesOf(histories, members)
}

async function edgesOutOf(
  ask: Ask,
  aliases: AliasIndex,
  keys: readonly string[],
  view: GraphView,
): Promise<readonly Edge[]> {
  const groups = await runsOutOf(ask, aliases, keyScope(aliases, keys).keys, view.moment)
  return edgesOf(choose(groups, view.edges), await assetSets(ask, aliases, [...setIdsOf(groups)], keys))
}

const edgesOf = (histories: readonly ChosenGroups[], members: ReadonlyMap<string, readonly string[]>) =>
  chosenEdges(histories, (setId) => members.get(setId) ?? [])

const setIdsOf = (groups: readonly RunGroup[]) => new Set(groups.flatMap((group) => group.inputSets))
