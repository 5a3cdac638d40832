import type { AliasStatement } from './alias-row.ts'

/**
 * Statements without those renames after which the old key had a life of its own: something else was renamed to it later, or a later
 * success wrote it. So tables that change places by renaming stay two.
 * @param lastSuccess end of the latest success that wrote the key, epoch milliseconds
 */
export function lastingRenames(
  statements: readonly AliasStatement[],
  lastSuccess: (key: string) => number | undefined,
): readonly AliasStatement[] {
  const targets = new Map<string, AliasStatement[]>()
  for (const rename of statements.filter(({ source }) => source === 'renamed')) {
    const known = targets.get(rename.asset)
    if (known === undefined) targets.set(rename.asset, [rename])
    else known.push(rename)
  }
  return statements.filter((statement) => {
    if (statement.source !== 'renamed') return true
    const { alias, since } = statement
    const isTaken = targets.get(alias)?.some((later) => later.since >= since) ?? false
    return !isTaken && (lastSuccess(alias) ?? 0) <= since
  })
}
