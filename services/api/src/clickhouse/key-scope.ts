import type { CanonicalSql } from '@headwater/clickhouse'
import type { AliasIndex } from '@headwater/lineage'

/** What is asked about some assets as tables hold it, under the keys that events named. */
export type KeyScope = {
  /** Canonical keys of the assets. */
  readonly assets: readonly string[]
  /** All keys that mean them. */
  readonly keys: readonly string[]
  /** Parameters of `canonical`: those of the keys that are not canonical, and beside each the one that is. */
  readonly aliases: { readonly observed: readonly string[]; readonly canonical: readonly string[] }
  /** SQL of a key of an asset; undefined where each key means itself. */
  readonly canonical: CanonicalSql | undefined
}

/** @param keys of any kind; two of one asset count once */
export function keyScope(index: AliasIndex, keys: readonly string[]): KeyScope {
  if (index.isEmpty) return { assets: keys, keys, aliases: { observed: [], canonical: [] }, canonical: undefined }
  const assets = [...new Set(keys.map(index.canonical))]
  const groups = assets.map((asset) => index.keysOf(asset))
  const observed = groups.flatMap((group) => group.slice(1))
  const canonical = groups.flatMap(([asset = '', ...others]) => others.map(() => asset))
  const aliases = { observed, canonical }
  return { assets, keys: groups.flat(), aliases, canonical: observed.length === 0 ? undefined : canonicalSql }
}

/** SQL: a key as the parameters {observed} and {canonical} say what it means. */
const canonicalSql: CanonicalSql = (key) =>
  `transform(${key}, {observed:Array(String)}, {canonical:Array(String)}, ${key})`

/** SQL of a key of an asset, whether there are aliases or not. */
export const meant = ({ canonical }: KeyScope, key: string): string => canonical?.(key) ?? key

/** Canonical keys, each once, in the order of their first. */
export const canonicalKeys = (index: AliasIndex, keys: readonly string[]): string[] =>
  index.isEmpty ? [...keys] : [...new Set(keys.map(index.canonical))]
