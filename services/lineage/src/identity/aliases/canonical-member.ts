import { isPathPlatform } from '../keys/platform.ts'
import { type AliasStatement, compareKeys } from './alias-row.ts'
import type { MergedGroup } from './merge-groups.ts'

/**
 * The canonical key of the group: the first non-empty list of the keys that people declare, the tables that tools report for a path,
 * the targets of renames, and all keys that events contain, without those that only case folding gave. Within a list: tables before paths, then the
 * shortest, then the first by code points. A table in a catalog that is a folder (`file:/warehouse`, `default.daily`) has a key that looks
 * like a path and leads nowhere, so the path that the table lies in comes first.
 * @param isTarget whether an authority rule resolves other keys to this one
 */
export function canonicalMember({ keys, statements }: MergedGroup, isTarget: (key: string) => boolean): string {
  const declared = statements.filter(({ source }) => source === 'declared')
  const renames = statements.filter(({ source }) => source === 'renamed')
  const renamed = new Set(renames.map(({ alias }) => alias))
  const symlinks = statements.filter(({ source }) => source === 'table_symlink')
  const isCurrent = ({ asset, alias }: AliasStatement) => !renamed.has(asset) && !renamed.has(alias)
  const folded = new Set(statements.filter(({ source }) => source === 'case').map(({ asset }) => asset))
  const inFolders = new Set(symlinks.map(({ alias }) => alias).filter(isPathPlatform))
  const candidates = [
    [...ends(declared), ...keys.filter((key) => isTarget(key) && !folded.has(key))],
    symlinks.filter((symlink) => isCurrent(symlink) && !inFolders.has(symlink.alias)).map(({ alias }) => alias),
    ends(renames),
    keys.filter((key) => !inFolders.has(key) && !folded.has(key)),
    keys.filter((key) => !inFolders.has(key)),
    keys,
  ].find((found) => found.length > 0)
  return [...(candidates ?? keys)].sort(byRank)[0] ?? ''
}

/** The assets that are not aliases of another asset; in a ring all of them. */
function ends(statements: readonly AliasStatement[]): readonly string[] {
  const aliases = new Set(statements.map(({ alias }) => alias))
  const assets = statements.map(({ asset }) => asset)
  const last = assets.filter((key) => !aliases.has(key))
  return last.length > 0 ? last : assets
}

const byRank = (a: string, b: string): number =>
  Number(isPathPlatform(a)) - Number(isPathPlatform(b)) || a.length - b.length || compareKeys(a, b)
