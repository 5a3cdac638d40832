import { isPathPlatform } from '../keys/platform.ts'
import { type AliasStatement, compareKeys } from './alias-row.ts'
import type { MergedGroup } from './merge-groups.ts'

/**
 * The key that stands for the group: of what people call the asset, else of the tables that tools say a path holds, else of what
 * others were renamed to, else of all as events name them, which they may not do in the case that the platform folds to; there tables
 * before paths, then the shorter, then the first by code points. A table in a catalog that is a folder (`file:/warehouse`,
 * `default.daily`) has a path for a key where nothing is: the path that it lies in comes before it.
 * @param isMeant whether people say that keys like this one are meant by others
 */
export function canonicalMember({ keys, statements }: MergedGroup, isMeant: (key: string) => boolean): string {
  const declared = statements.filter(({ source }) => source === 'declared')
  const renames = statements.filter(({ source }) => source === 'renamed')
  const renamed = new Set(renames.map(({ alias }) => alias))
  const symlinks = statements.filter(({ source }) => source === 'table_symlink')
  const isCurrent = ({ asset, alias }: AliasStatement) => !renamed.has(asset) && !renamed.has(alias)
  const folded = new Set(statements.filter(({ source }) => source === 'case').map(({ asset }) => asset))
  const inFolders = new Set(symlinks.map(({ alias }) => alias).filter(isPathPlatform))
  const candidates = [
    [...ends(declared), ...keys.filter((key) => isMeant(key) && !folded.has(key))],
    symlinks.filter((symlink) => isCurrent(symlink) && !inFolders.has(symlink.alias)).map(({ alias }) => alias),
    ends(renames),
    keys.filter((key) => !inFolders.has(key) && !folded.has(key)),
    keys.filter((key) => !inFolders.has(key)),
    keys,
  ].find((found) => found.length > 0)
  return [...(candidates ?? keys)].sort(byRank)[0] ?? ''
}

/** What others are said to mean and is not itself said to mean another; in a ring all of it. */
function ends(statements: readonly AliasStatement[]): readonly string[] {
  const aliases = new Set(statements.map(({ alias }) => alias))
  const assets = statements.map(({ asset }) => asset)
  const last = assets.filter((key) => !aliases.has(key))
  return last.length > 0 ? last : assets
}

const byRank = (a: string, b: string): number =>
  Number(isPathPlatform(a)) - Number(isPathPlatform(b)) || a.length - b.length || compareKeys(a, b)
