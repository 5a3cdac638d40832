import type { AliasIndex } from '@headwater/lineage'
import type { Ask } from './ask.ts'
import { canonicalKeys, keyScope } from './key-scope.ts'
import { inputSets } from './queries/input-sets.ts'

/** The assets that input sets hold, by canonical key, each once; with `among` only those of its assets. */
export async function assetSets(
  ask: Ask,
  aliases: AliasIndex,
  setIds: readonly string[],
  among?: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const sets = await inputSets(ask, setIds, among === undefined ? undefined : keyScope(aliases, among).keys)
  if (aliases.isEmpty) return sets
  return new Map([...sets].map(([setId, keys]) => [setId, canonicalKeys(aliases, keys)]))
}
