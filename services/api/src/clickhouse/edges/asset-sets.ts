import type { AliasIndex } from '@headwater/lineage'
import { canonicalKeys, keyScope } from '../key-scope.ts'
import type { Ask } from '../query.ts'
import { inputSets } from './input-sets.ts'

type Members = ReadonlyMap<string, readonly string[]>

/** Input sets, as assets by canonical key. */
export class AssetSets {
  readonly #members: Members
  /** Of each set the assets that it has under no name but those from before they were renamed. */
  readonly #former: Members

  constructor(members: Members, former: Members = new Map()) {
    this.#members = members
    this.#former = former
  }

  /** Each asset of the set once. */
  of(setId: string): readonly string[] {
    return this.#members.get(setId) ?? []
  }

  /** Those that `asset` is made of by this set. What it was made of when it was renamed is itself, and no input. */
  feeding(setId: string, asset: string): readonly string[] {
    const all = this.of(setId)
    return this.#former.get(setId)?.includes(asset) ? all.filter((member) => member !== asset) : all
  }

  with(others: AssetSets): AssetSets {
    return new AssetSets(new Map([...this.#members, ...others.#members]), new Map([...this.#former, ...others.#former]))
  }
}

/** The input sets with these ids; with `among` only those of its assets. */
export async function assetSets(
  ask: Ask,
  aliases: AliasIndex,
  setIds: readonly string[],
  among?: readonly string[],
): Promise<AssetSets> {
  const sets = await inputSets(ask, setIds, among === undefined ? undefined : keyScope(aliases, among).keys)
  if (aliases.isEmpty) return new AssetSets(sets)
  const former = new Map<string, readonly string[]>()
  for (const [setId, keys] of sets) {
    const assets = formerly(aliases, keys)
    if (assets.length > 0) former.set(setId, assets)
  }
  return new AssetSets(new Map([...sets].map(([setId, keys]) => [setId, canonicalKeys(aliases, keys)])), former)
}

/** Assets that the keys name only as they were called until they were renamed. */
function formerly(aliases: AliasIndex, keys: readonly string[]): readonly string[] {
  const old = keys.filter(aliases.isFormer)
  if (old.length === 0) return []
  const present = new Set(keys.filter((key) => !aliases.isFormer(key)).map(aliases.canonical))
  return canonicalKeys(aliases, old).filter((asset) => !present.has(asset))
}
