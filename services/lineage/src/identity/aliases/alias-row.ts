/** Who says that two keys mean one asset: people (the first two), tools, or how the platform folds names. */
export type AliasSource = 'declared' | 'authority' | 'table_symlink' | 'symlink' | 'renamed' | 'case'

/** That `alias` means `asset`. Times are epoch milliseconds, 0 where it was never said. */
export type AliasRow = {
  readonly asset: string
  readonly alias: string
  readonly source: AliasSource
  /** When it was last said. */
  readonly aliasedAt: number
  /** When it was last denied. */
  readonly unaliasedAt: number
}

/** A row that holds, of keys whose authority is rewritten. */
export type AliasStatement = {
  readonly asset: string
  readonly alias: string
  readonly source: Exclude<AliasSource, 'authority'>
  readonly since: number
}

/** A tie counts as said. */
export const holds = ({ aliasedAt, unaliasedAt }: Pick<AliasRow, 'aliasedAt' | 'unaliasedAt'>): boolean =>
  aliasedAt > 0 && aliasedAt >= unaliasedAt

/** By code points, as ClickHouse sorts texts. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0
  // Only where both have code units from the first surrogate on, they can be in another order than code points.
  if (!late.test(a) || !late.test(b)) return a < b ? -1 : 1
  let at = 0
  while (a[at] === b[at]) at++
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1)
}

const late = /[\uD800-\uFFFF]/
