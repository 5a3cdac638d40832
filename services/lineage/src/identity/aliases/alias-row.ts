/** The origin of an alias: people (the first two), tools, or the platform's folding of case. */
export type AliasSource = 'declared' | 'authority' | 'table_symlink' | 'symlink' | 'renamed' | 'case'

/** What one source reports about the alias `alias` of `asset`. Times are epoch milliseconds, 0 for never. */
export type AliasRow = {
  readonly asset: string
  readonly alias: string
  readonly source: AliasSource
  /** When the alias was last added. */
  readonly aliasedAt: number
  /** When it was last removed. */
  readonly unaliasedAt: number
}

/** A row in effect, with rewritten authorities. */
export type AliasStatement = {
  readonly asset: string
  readonly alias: string
  readonly source: Exclude<AliasSource, 'authority'>
  readonly since: number
}

/** Whether the alias was added and not removed since; of both at one time, added wins. */
export const holds = ({ aliasedAt, unaliasedAt }: Pick<AliasRow, 'aliasedAt' | 'unaliasedAt'>): boolean =>
  aliasedAt > 0 && aliasedAt >= unaliasedAt

/** Orders texts by code points, as ClickHouse does. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0
  // Code units sort differently from code points only if both texts have one at or above the first surrogate.
  if (!late.test(a) || !late.test(b)) return a < b ? -1 : 1
  let at = 0
  while (a[at] === b[at]) at++
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1)
}

const late = /[\uD800-\uFFFF]/
