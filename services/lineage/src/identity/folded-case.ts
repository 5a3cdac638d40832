import { authorityOf } from './authority-rewriting.ts'
import { type Platform, platformNamed } from './platform.ts'

/**
 * Keys of the table that the engine takes this key for, where it folds names that are not quoted: Snowflake and Oracle take `db/s/t` for
 * `DB/S/T`, Postgres and Redshift the other way round, Hive and Glue take any case for lower case. Names of mixed case were quoted with
 * engines that can; they, and keys of other platforms, stand for themselves alone. Of a key that may lack its authority
 * (`snowflake://db/s/t`), what stands in its place may be a name too.
 */
export function foldedCases(key: string): readonly string[] {
  const start = key.indexOf('://') + '://'.length
  const { folds, levels } = platformNamed(key.slice(0, Math.max(0, start - '://'.length)))
  if (folds === 'nothing') return []
  const mayLackAuthority = levels > 0 && key.slice(start).split('/').length === levels
  const beginnings = [authorityOf(key), ...(mayLackAuthority ? [key.slice(0, start)] : [])]
  const folded = beginnings.map((beginning) => beginning + foldedPath(key.slice(beginning.length), folds))
  return [...new Set(folded)].filter((other) => other !== key)
}

function foldedPath(path: string, folds: Exclude<Platform['folds'], 'nothing'>): string {
  const [lower, upper] = [path.toLowerCase(), path.toUpperCase()]
  switch (folds) {
    case 'upper':
      return path === lower ? unlessEncoded(upper, path) : path
    case 'lower':
      return path === upper ? unlessEncoded(lower, path) : path
    case 'any':
      return unlessEncoded(lower, path)
    default:
      return folds satisfies never
  }
}

/** What is percent-encoded was quoted; and no letter may become two. */
function unlessEncoded(folded: string, path: string): string {
  return path.includes('%') || folded.length !== path.length ? path : folded
}
