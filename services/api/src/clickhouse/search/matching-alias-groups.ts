import { type AliasGroup, type AliasIndex, platformOf } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-reader.ts'

type SearchedKeys = { readonly keys: readonly string[]; readonly lowered: readonly string[] }

// An unchanged group is the same object in the next index.
const searched = new WeakMap<AliasGroup, SearchedKeys>()

/** Alias groups of which any key matches, sorted by canonical key. The platform is that of the canonical key. */
export function matchingAliasGroups(aliases: AliasIndex, { q, prefix, platform }: AssetFilter): readonly AliasGroup[] {
  const text = lower(q ?? '')
  return aliases.groups.filter((group) => {
    if (platform !== undefined && platformOf(group.key) !== platform) return false
    const { keys, lowered } = searchedKeys(aliases, group)
    return keys.some((key, at) => key.startsWith(prefix ?? '') && (lowered[at] ?? '').includes(text))
  })
}

function searchedKeys(aliases: AliasIndex, group: AliasGroup): SearchedKeys {
  const known = searched.get(group)
  if (known !== undefined) return known
  const keys = aliases.keysOf(group.key)
  const made = { keys, lowered: keys.map(lower) }
  searched.set(group, made)
  return made
}

/** Lowers ASCII letters alone, like ClickHouse's `lower`. */
const lower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
