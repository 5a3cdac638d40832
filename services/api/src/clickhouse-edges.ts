import type { Edge, GraphView } from '@headwater/lineage'
import type { Ask } from './ask.ts'
import { type ChosenGroups, choose, chosenEdges, type RunGroup } from './chosen-edges.ts'
import { type DeclaredLink, declaredEvidence } from './declared-edges.ts'
import { declaredLinks } from './queries/declared-links.ts'
import { droppedAssets } from './queries/dropped-assets.ts'
import { inputSets } from './queries/input-sets.ts'
import { runsInto, runsOutOf } from './queries/run-groups.ts'

/** Edges of the view into (upstream) or out of (downstream) any of `keys`. Dropped assets have no current ones. */
export async function clickHouseEdges(
  ask: Ask,
  keys: readonly string[],
  direction: 'upstream' | 'downstream',
  view: GraphView,
): Promise<readonly Edge[]> {
  const edges = await edgesEvenIfDropped(ask, keys, direction, view)
  if (edges.length === 0) return edges
  const dropped = await droppedAssets(ask, [...new Set(edges.flatMap(({ from, to }) => [from, to]))], view.moment)
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
  keys: readonly string[],
  direction: 'upstream' | 'downstream',
  view: GraphView,
): Promise<readonly Edge[]> => (direction === 'upstream' ? edgesInto(ask, keys, view) : edgesOutOf(ask, keys, view))

async function edgesInto(ask: Ask, keys: readonly string[], view: GraphView): Promise<readonly Edge[]> {
  const [groups, declared] = await Promise.all([
    runsInto(ask, keys, view.moment),
    declaredLinks(ask, keys, 'upstream', view.moment),
  ])
  const histories = choose(groups, view.edges)
  const chosen = setIdsOf(histories.flatMap((history) => history.chosen))
  const members = new Map(await inputSets(ask, [...chosen]))
  const others = [...setIdsOf(groups)].filter((setId) => !chosen.has(setId))
  if (others.length > 0) {
    // Of other sets only what is an input by a chosen one, or declared, counts, as evidence.
    const inputs = new Set([...[...members.values()].flat(), ...declared.map(({ from }) => from)])
    for (const [setId, found] of await inputSets(ask, others, [...inputs])) members.set(setId, found)
  }
  return edgesOf(histories, members, declared, view)
}

async function edgesOutOf(ask: Ask, keys: readonly string[], view: GraphView): Promise<readonly Edge[]> {
  const links = declaredLinks(ask, keys, 'downstream', view.moment)
  const [groups, declared] = await Promise.all([runsOutOf(ask, keys, view.moment, links), links])
  const members = await inputSets(ask, [...setIdsOf(groups)], keys)
  return edgesOf(choose(groups, view.edges), members, declared, view)
}

function edgesOf(
  histories: readonly ChosenGroups[],
  members: ReadonlyMap<string, readonly string[]>,
  declared: readonly DeclaredLink[],
  view: GraphView,
): readonly Edge[] {
  const inputsOf = (setId: string) => members.get(setId) ?? []
  return chosenEdges(histories, inputsOf, declaredEvidence(declared, histories, inputsOf, view.edges))
}

const setIdsOf = (groups: readonly RunGroup[]) => new Set(groups.flatMap((group) => group.inputSets))
