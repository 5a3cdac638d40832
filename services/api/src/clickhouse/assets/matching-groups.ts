import { type AliasGroup, type AliasIndex, platformOf } from '@headwater/lineage'
import type { AssetFilter } from '../../catalog/asset-catalog.ts'

type SearchedKeys = { readonly keys: readonly string[]; readonly texts: readonly string[] }

// A group that nothing new is said of is the same one in the next index.
const searched = new WeakMap<AliasGroup, SearchedKeys>()

/** Groups of which any key matches, by canonical key. The platform is that of the canonical key. */
export function matchingGroups(index: AliasIndex, { q, prefix, platform }: AssetFilter): readonly AliasGroup[] {
  const text = lower(q ?? '')
  return index.groups.filter((group) => {
    if (platform !== undefined && platformOf(group.key) !== platform) return false
    const { keys, texts } = searchedKeys(index, group)
    return keys.some((key, at) => key.startsWith(prefix ?? '') && (texts[at] ?? '').includes(text))
  })
}

function searchedKeys(index: AliasIndex, group: AliasGroup): SearchedKeys {
  const known = searched.get(group)
  if (known !== undefined) return known
  const keys = index.keysOf(group.key)
  const made = { keys, texts: keys.map(lower) }
  searched.set(group, made)
  return made
}

/** As ClickHouse does: ASCII letters alone. */
const lower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
