import type { AliasRules } from '../authorities/alias-rules.ts'
import { areMeantBy } from '../authorities/authority-rules.ts'
import type { AliasGroup, FoundGroups } from './alias-group.ts'
import { type AliasRow, compareKeys } from './alias-row.ts'
import { canonicalMember } from './canonical-member.ts'
import { compareStatements, statedPairs } from './effective-statements.ts'
import { mergeGroups } from './merge-groups.ts'
import { currentTablesFirst, lastingRenames } from './renames.ts'
import { foundInOne } from './single-row-groups.ts'

/** What the rows say of their keys. Rows that have no key in common, by way of others neither, may be looked at apart. */
export function findGroups(
  rows: readonly AliasRow[],
  of: AliasRules,
  lastSuccess: (key: string) => number | undefined,
): FoundGroups {
  const { rules, rewrite, keysOf } = of
  const lastSuccessOf = (key: string) => latest(keysOf(key).map(lastSuccess))
  const [first] = rows
  if (first !== undefined && rows.length === 1) return foundInOne(first, of, lastSuccessOf)
  const { statements, denials } = statedPairs(rows, rewrite)
  const merged = mergeGroups({ statements: currentTablesFirst(lastingRenames(statements, lastSuccessOf)), denials })
  const isMeant = areMeantBy(rules)
  const groups = merged.groups.map(
    (group): AliasGroup => ({
      key: canonicalMember(group, isMeant),
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
