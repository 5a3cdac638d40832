import type { AliasRules } from '../authorities/authority-rewriting.ts'
import { isTargetOf } from '../authorities/authority-rules.ts'
import type { AliasGroup, FoundGroups } from './alias-group.ts'
import { type AliasRow, compareKeys } from './alias-row.ts'
import { canonicalMember } from './canonical-member.ts'
import { compareStatements, effectiveStatements } from './effective-statements.ts'
import { mergeGroups } from './merge-groups.ts'
import { currentTablesFirst, lastingRenames } from './renames.ts'
import { singleRowGroups } from './single-row-groups.ts'

/** The groups of the rows. Rows that share no key, directly or through other rows, can be resolved separately. */
export function findGroups(
  rows: readonly AliasRow[],
  of: AliasRules,
  lastSuccess: (key: string) => number | undefined,
): FoundGroups {
  const { rules, rewrite, keysOf } = of
  const lastSuccessOf = (key: string) => latest(keysOf(key).map(lastSuccess))
  const [first] = rows
  if (first !== undefined && rows.length === 1) return singleRowGroups(first, of, lastSuccessOf)
  const { statements, denials } = effectiveStatements(rows, rewrite)
  const merged = mergeGroups({ statements: currentTablesFirst(lastingRenames(statements, lastSuccessOf)), denials })
  const isTarget = isTargetOf(rules)
  const groups = merged.groups.map(
    (group): AliasGroup => ({
      key: canonicalMember(group, isTarget),
      members: group.keys.toSorted(compareKeys),
      statements: group.statements,
    }),
  )
  return { groups, refused: merged.refused.toSorted(compareStatements), alone: aloneIn(rows, rewrite, groups) }
}

function aloneIn(
  rows: readonly AliasRow[],
  rewrite: (key: string) => string,
  groups: readonly AliasGroup[],
): readonly string[] {
  const grouped = new Set(groups.flatMap(({ members }) => members))
  const alone = new Set<string>()
  for (const { source, asset, alias } of rows) {
    if (source === 'authority') continue
    for (const key of [rewrite(asset), rewrite(alias)]) if (!grouped.has(key)) alone.add(key)
  }
  return [...alone]
}

const latest = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}
