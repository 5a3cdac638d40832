import type { AliasStatement } from './alias-row.ts'

/**
 * Statements with the table that a path held until it was renamed after the table that it holds since: of two tables the first is
 * believed.
 */
export function newNamesFirst(statements: readonly AliasStatement[]): readonly AliasStatement[] {
  const old = new Set(statements.filter(({ source }) => source === 'renamed').map(({ alias }) => alias))
  const rank = ({ source, asset }: AliasStatement) => {
    if (source === 'symlink') return 2
    return source === 'table_symlink' && old.has(asset) ? 1 : 0
  }
  return statements.toSorted((a, b) => rank(a) - rank(b))
}
