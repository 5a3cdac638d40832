import type { AliasStatement } from './alias-row.ts'

type Statement = Pick<AliasStatement, 'asset' | 'alias'> & { readonly source: string; readonly since: number }

/**
 * The statements without those renames after which the old key was used again: a later rename took it, or a later success wrote it. So tables that
 * swap names stay two assets.
 * @param lastSuccess end of the latest success that wrote the key, epoch milliseconds
 */
export function lastingRenames<T extends Statement>(
  statements: readonly T[],
  lastSuccess: (key: string) => number | undefined,
): readonly T[] {
  const renamesTo = new Map<string, T[]>()
  for (const rename of statements.filter(({ source }) => source === 'renamed')) {
    const known = renamesTo.get(rename.asset)
    if (known === undefined) renamesTo.set(rename.asset, [rename])
    else known.push(rename)
  }
  return statements.filter(({ source, alias, since }) => {
    if (source !== 'renamed') return true
    const isTaken = renamesTo.get(alias)?.some((later) => later.since >= since) ?? false
    return !isTaken && (lastSuccess(alias) ?? 0) <= since
  })
}

/** Orders symlinks so that the table that a path holds now comes before a table that it held until that was renamed: the first is accepted. */
export function currentTablesFirst(statements: readonly AliasStatement[]): readonly AliasStatement[] {
  const formerKeys = new Set(statements.filter(({ source }) => source === 'renamed').map(({ alias }) => alias))
  const rank = ({ source, asset }: AliasStatement) => {
    if (source === 'symlink') return 2
    return source === 'table_symlink' && formerKeys.has(asset) ? 1 : 0
  }
  return statements.toSorted((a, b) => rank(a) - rank(b))
}
