import { type AliasGroup, type AliasIndex, platformOf } from '@headwater/lineage'
import type { AssetFilter } from './asset-catalog.ts'

type SearchedGroup = { readonly group: AliasGroup; readonly keys: readonly string[]; readonly texts: readonly string[] }

const searched = new WeakMap<AliasIndex, readonly SearchedGroup[]>()

/** Groups of which any key matches, by canonical key. The platform is that of the canonical key. */
export function matchingGroups(index: AliasIndex, { q, prefix, platform }: AssetFilter): readonly AliasGroup[] {
  const text = lower(q ?? '')
  const matches = ({ group, keys, texts }: SearchedGroup) =>
    (platform === undefined || platformOf(group.key) === platform) &&
    keys.some((key, at) => key.startsWith(prefix ?? '') && (texts[at] ?? '').includes(text))
  return searchedGroups(index)
    .filter(matches)
    .map(({ group }) => group)
}

function searchedGroups(index: AliasIndex): readonly SearchedGroup[] {
  const known = searched.get(index)
  if (known !== undefined) return known
  const groups = index.groups.map((group) => {
    const keys = index.keysOf(group.key)
    return { group, keys, texts: keys.map(lower) }
  })
  searched.set(index, groups)
  return groups
}

/** As ClickHouse does: ASCII letters alone. */
const lower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
