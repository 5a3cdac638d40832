import type { AliasIndex } from '@headwater/lineage'

/** SQL: false only for keys that are canonical and have no aliases. */
export const mayHaveAliases = (key: string): string =>
  `(${key} IN (SELECT arrayJoin([asset, alias]) FROM asset_aliases WHERE source != 'authority')
    OR arrayExists(beginning -> startsWith(${key}, beginning), {beginnings:Array(String)}))`

/** Parameters of `mayHaveAliases`. */
export const aliasParameters = ({
  ruleColumns: { from, to },
}: AliasIndex): { readonly beginnings: readonly string[] } => ({
  beginnings: [...new Set([...from, ...to])],
})
