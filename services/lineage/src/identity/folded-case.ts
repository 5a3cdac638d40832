import { authorityOf } from './authority-rewriting.ts'
import { platformNamed } from './platform.ts'

/**
 * The key of the table that the engine takes this key for, where it folds names that are not quoted: Snowflake and Oracle take `db/s/t` for
 * `DB/S/T`, Postgres the other way round, Redshift, Hive and Glue take any case for lower case. Names of mixed case were quoted with
 * engines that can; they, and keys of other platforms, stay as they are.
 */
export function foldedCase(key: string): string {
  const start = key.indexOf('://')
  const { folds } = platformNamed(key.slice(0, Math.max(0, start)))
  if (folds === 'nothing') return key
  const authority = authorityOf(key)
  const path = key.slice(authority.length)
  const [lower, upper] = [path.toLowerCase(), path.toUpperCase()]
  switch (folds) {
    case 'upper':
      return path === lower ? authority + unlessEncoded(upper, path) : key
    case 'lower':
      return path === upper ? authority + unlessEncoded(lower, path) : key
    case 'any':
      return authority + unlessEncoded(lower, path)
    default:
      return folds satisfies never
  }
}

/** What is percent-encoded was quoted; and no letter may become two. */
function unlessEncoded(folded: string, path: string): string {
  return path.includes('%') || folded.length !== path.length ? path : folded
}
