import type { CanonicalSql } from '@headwater/clickhouse'
import type { AliasIndex } from '@headwater/lineage'

/** A set of assets, as a query needs it: tables contain the keys that events named, answers the canonical ones. */
export type KeyScope = {
  /** Canonical keys of the assets. */
  readonly assets: readonly string[]
  /** All keys of the assets. */
  readonly keys: readonly string[]
  /** Parameters of `canonical`: every key that is not canonical, and at the same position its canonical key. */
  readonly aliases: { readonly observed: readonly string[]; readonly canonical: readonly string[] }
  /** SQL that maps a key of an asset to its canonical key; undefined where all keys are canonical. */
  readonly canonical: CanonicalSql | undefined
}

/** @param keys any keys; several keys of one asset count once */
export function keyScope(index: AliasIndex, keys: readonly string[]): KeyScope {
  if (index.isEmpty) return { assets: keys, keys, aliases: { observed: [], canonical: [] }, canonical: undefined }
  const assets = [...new Set(keys.map(index.canonical))]
  const groups = assets.map((asset) => index.keysOf(asset))
  const observed = groups.flatMap((group) => group.slice(1))
  const canonical = groups.flatMap(([asset = '', ...aliases]) => aliases.map(() => asset))
  const aliases = { observed, canonical }
  return { assets, keys: groups.flat(), aliases, canonical: observed.length === 0 ? undefined : canonicalSql }
}

const canonicalSql: CanonicalSql = (key) =>
  `transform(${key}, {observed:Array(String)}, {canonical:Array(String)}, ${key})`

/** SQL of the canonical key of a key of the scope. */
export const canonicalKeySql = ({ canonical }: KeyScope, key: string): string => canonical?.(key) ?? key

/** The canonical keys without duplicates, in the order of their first occurrence. */
export const canonicalKeys = (index: AliasIndex, keys: readonly string[]): string[] =>
  index.isEmpty ? [...keys] : [...new Set(keys.map(index.canonical))]
