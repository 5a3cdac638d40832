import type { AliasIndex } from '@headwater/lineage'

/** SQL: true for keys that aliases may concern; of others it is certain that each means itself, and that no other key means it. */
export const isTouched = (key: string): string =>
  `(${key} IN (SELECT arrayJoin([asset, alias]) FROM asset_aliases WHERE source != 'authority')
    OR arrayExists(beginning -> startsWith(${key}, beginning), {beginnings:Array(String)}))`

/** Parameters of `isTouched`. */
export const touchParameters = ({
  ruleColumns: { from, to },
}: AliasIndex): { readonly beginnings: readonly string[] } => ({
  beginnings: [...new Set([...from, ...to])],
})
