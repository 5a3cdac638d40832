import { authorityOf } from './authority-rewriting.ts'
import { type Platform, platformNamed } from './platform.ts'

/**
 * The key of the table that the engine takes this key for, where it folds names that are not quoted: Snowflake and Oracle take `db/s/t` for
 * `DB/S/T`, Postgres the other way round, Redshift, Hive and Glue take any case for lower case. Each part of a name is folded by itself:
 * dbt writes `DB.s.t` where the database alone was set in upper case. Parts of mixed case were quoted with engines that can; they, and keys
 * of other platforms, stay as they are.
 */
export function foldedCase(key: string): string {
  const start = key.indexOf('://')
  const { folds } = platformNamed(key.slice(0, Math.max(0, start)))
  if (folds === 'nothing') return key
  const authority = authorityOf(key)
  const path = key.slice(authority.length)
  const segments = path.split('/').map((segment, place) => {
    // A database of Postgres is named when connecting, and there nothing is folded: only where the whole name is in upper case.
    const stays = folds === 'lower' && place === 1 && path !== path.toUpperCase()
    return stays ? segment : foldedPart(segment, folds)
  })
  return authority + segments.join('/')
}

function foldedPart(part: string, folds: Exclude<Platform['folds'], 'nothing'>): string {
  const [lower, upper] = [part.toLowerCase(), part.toUpperCase()]
  switch (folds) {
    case 'upper':
      return part === lower ? unlessEncoded(upper, part) : part
    case 'lower':
      return part === upper ? unlessEncoded(lower, part) : part
    case 'any':
      return unlessEncoded(lower, part)
    default:
      return folds satisfies never
  }
}

/** What is percent-encoded was quoted; and no letter may become two. */
function unlessEncoded(folded: string, part: string): string {
  return part.includes('%') || folded.length !== part.length ? part : folded
}
