import { authorityOf } from '../authorities/authority-rewriting.ts'
import { type Platform, platformNamed } from './platform.ts'

type Folding = Exclude<Platform['folds'], 'nothing'>

/**
 * Keys of the table that the engine takes this key for, where it folds names that are not quoted: Snowflake and Oracle take `db/s/t` for
 * `DB/S/T`, Postgres the other way round, Redshift, Hive and Glue take any case for lower case. Each part of a name is folded by itself:
 * dbt writes `DB.s.t` where the database alone was set in upper case. Parts of mixed case were quoted with engines that can; they, and keys
 * of other platforms, stay as they are. Of a key that may lack its authority (`snowflake://db/s/t`), what stands in its place may be
 * a name too.
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
    // A database of Postgres is named when connecting, and there nothing is folded: only where the whole name is in upper case.
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

/** What is percent-encoded was quoted; and no letter may become two. */
function unlessEncoded(folded: string, part: string): string {
  return part.includes('%') || folded.length !== part.length ? part : folded
}
