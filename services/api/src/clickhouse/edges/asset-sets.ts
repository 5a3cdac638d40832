import { elementsOf } from '@headwater/clickhouse'
import type { AliasIndex } from '@headwater/lineage'
import { canonicalKeys, keyScope } from '../key-scope.ts'
import type { Tables } from '../tables.ts'

type Members = ReadonlyMap<string, readonly string[]>

/** Input sets by id, with canonical keys. */
export class AssetSets {
  readonly #members: Members
  /** For each set, the assets that it contains only under a key from before they were renamed. */
  readonly #former: Members

  constructor(members: Members, former: Members = new Map()) {
    this.#members = members
    this.#former = former
  }

  /** The assets of the set. */
  of(setId: string): readonly string[] {
    return this.#members.get(setId) ?? []
  }

  /** The assets of the set that are inputs of `asset`. The run that renames an asset reads its former key, which is no input. */
  feeding(setId: string, asset: string): readonly string[] {
    const all = this.of(setId)
    return this.#former.get(setId)?.includes(asset) ? all.filter((member) => member !== asset) : all
  }

  with(more: AssetSets): AssetSets {
    return new AssetSets(new Map([...this.#members, ...more.#members]), new Map([...this.#former, ...more.#former]))
  }
}

/** @param among where given, the sets contain only these assets */
export async function assetSets(
  tables: Tables,
  setIds: readonly string[],
  among?: readonly string[],
): Promise<AssetSets> {
  const { aliases } = tables
  const sets = await observedSets(tables, setIds, among === undefined ? undefined : keyScope(aliases, among).keys)
  if (aliases.isEmpty) return new AssetSets(sets)
  const former = new Map<string, readonly string[]>()
  for (const [setId, keys] of sets) {
    const assets = onlyFormerly(aliases, keys)
    if (assets.length > 0) former.set(setId, assets)
  }
  return new AssetSets(new Map([...sets].map(([setId, keys]) => [setId, canonicalKeys(aliases, keys)])), former)
}

/** Assets of which the keys contain former ones only. */
function onlyFormerly(aliases: AliasIndex, keys: readonly string[]): readonly string[] {
  const former = keys.filter(aliases.isFormer)
  if (former.length === 0) return []
  const present = new Set(keys.filter((key) => !aliases.isFormer(key)).map(aliases.canonical))
  return canonicalKeys(aliases, former).filter((asset) => !present.has(asset))
}

/** Members of input sets by set id, with the keys that events named; where `among` is given, only these keys. */
async function observedSets(
  { query }: Tables,
  setIds: readonly string[],
  among?: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (setIds.length === 0) return new Map()
  const rows = await query<{ setId: string; members: readonly string[] }>(
    'input-sets',
    among === undefined
      ? `SELECT toString(set_id) AS setId, any(inputs) AS members FROM input_sets
         WHERE set_id IN (SELECT toUInt128(arrayJoin({setIds:Array(String)}))) GROUP BY set_id`
      : `SELECT toString(set_id) AS setId, groupUniqArray(member) AS members
         FROM (
           SELECT set_id, arrayJoin(inputs) AS member FROM input_sets
           WHERE set_id IN (SELECT toUInt128(arrayJoin({setIds:Array(String)})))
         )
         WHERE member IN ${elementsOf('{among:Array(String)}')} GROUP BY set_id`,
    { setIds, among },
  )
  return new Map(rows.map(({ setId, members }) => [setId, members]))
}
