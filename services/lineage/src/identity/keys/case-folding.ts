import { authorityOf } from '../authorities/authority-rewriting.ts'
import { type Platform, platformNamed } from './platform.ts'

type Folding = Exclude<Platform['folds'], 'nothing'>

/**
 * Other keys of the same table, on platforms that fold the case of unquoted names: Snowflake and Oracle read `db/s/t` as `DB/S/T`,
 * Postgres the reverse, and Redshift, Hive and Glue read any case as lower case. Each part of a name is folded by itself: dbt writes
 * `DB.s.t` where only the database is configured in upper case. Parts in mixed case must have been quoted on engines that support quotes;
 * they stay, and so do keys of other platforms. Where a key may lack its authority (`snowflake://db/s/t`), its first segment is folded
 * both as an authority (not at all) and as a name.
 */
export function caseFoldedKeys(key: string): readonly string[] {
  const start = key.indexOf('://') + '://'.length
  const { folds, levels } = platformNamed(key.slice(0, Math.max(0, start - '://'.length)))
  if (folds === 'nothing') return []
  const mayLackAuthority = levels > 0 && key.slice(start).split('/').length === levels
  const places = [authorityOf(key).length + 1, ...(mayLackAuthority ? [start] : [])]
  const folded = places.map((place) => key.slice(0, place) + foldedName(key.slice(place), folds))
  return [...new Set(folded)].filter((other) => other !== key)
}

function foldedName(name: string, folds: Folding): string {
  const parts = name.split('/').map((part, place) => {
    // Connecting to Postgres does not fold the name of the database: fold it only where the whole name is in upper case.
    const stays = folds === 'lower' && place === 0 && name !== name.toUpperCase()
    return stays ? part : foldedPart(part, folds)
  })
  return parts.join('/')
}

function foldedPart(part: string, folds: Folding): string {
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

/** Unchanged where it has percent-encoded characters, which must have been quoted, or where folding changes its length. */
function unlessEncoded(folded: string, part: string): string {
  return part.includes('%') || folded.length !== part.length ? part : folded
}
