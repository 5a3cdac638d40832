import type { Edge } from '@headwater/lineage'
import type { Ask } from './ask.ts'
import { currentEdges, currentGroups, type SuccessGroup } from './current-edges.ts'
import { droppedAssets } from './queries/dropped-assets.ts'
import { inputSets } from './queries/input-sets.ts'
import { successesFrom, successesOf } from './queries/success-groups.ts'

/** Current edges into (upstream) or out of (downstream) any of `keys`. Dropped assets have none. */
export async function clickHouseEdges(
  ask: Ask,
  keys: readonly string[],
  direction: 'upstream' | 'downstream',
): Promise<readonly Edge[]> {
  const edges = direction === 'upstream' ? await edgesInto(ask, keys) : await edgesOutOf(ask, keys)
  if (edges.length === 0) return edges
  const dropped = await droppedAssets(ask, [...new Set(edges.flatMap(({ from, to }) => [from, to]))])
  return dropped.size === 0 ? edges : edges.filter(({ from, to }) => !dropped.has(from) && !dropped.has(to))
}

async function edgesInto(ask: Ask, keys: readonly string[]): Promise<readonly Edge[]> {
  const groups = await successesOf(ask, keys)
  const current = setIdsOf([...currentGroups(groups).keys()])
  const members = new Map(await inputSets(ask, [...current]))
  const earlier = [...setIdsOf(groups)].filter((setId) => !current.has(setId))
  if (earlier.length > 0) {
    // Of earlier sets only what is still an input counts, as evidence.
    const stillInputs = [...new Set([...members.values()].flat())]
    for (const [setId, found] of await inputSets(ask, earlier, stillInputs)) members.set(setId, found)
  }
  return currentEdges(groups, (setId) => members.get(setId) ?? [])
}

async function edgesOutOf(ask: Ask, keys: readonly string[]): Promise<readonly Edge[]> {
  const groups = await successesFrom(ask, keys)
  const members = await inputSets(ask, [...setIdsOf(groups)], keys)
  return currentEdges(groups, (setId) => members.get(setId) ?? [])
}

const setIdsOf = (groups: readonly SuccessGroup[]) => new Set(groups.flatMap((group) => group.inputSets))
