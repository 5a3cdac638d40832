import type { AliasGroup, FoundGroups } from './alias-group.ts'
import { type AliasRow, compareKeys, holds } from './alias-row.ts'
import type { AliasRules } from './alias-rules.ts'
import { authorityOf } from './authority-rewriting.ts'
import { isUnder } from './authority-rules.ts'
import { canonicalMember } from './canonical-member.ts'
import { isPathPlatform } from './is-path-platform.ts'

const nothing: readonly never[] = []

/** What `findGroups` finds in one row that has no key in common with others, as most have none. It makes few objects, as there are many. */
export function foundInOne(
  row: AliasRow,
  { rules, rewrite }: AliasRules,
  lastSuccessOf: (key: string) => number | undefined,
): FoundGroups {
  const { source, aliasedAt: since } = row
  const [asset, alias] = [rewrite(row.asset), rewrite(row.alias)]
  if (source === 'authority') return { groups: nothing, refused: nothing, alone: nothing }
  if (asset === alias) return { groups: nothing, refused: nothing, alone: [asset] }
  const livedOn = source === 'renamed' && (lastSuccessOf(alias) ?? 0) > since
  if (!holds(row) || livedOn) return { groups: nothing, refused: nothing, alone: [asset, alias] }
  const statement = { asset, alias, source, since }
  const mayJoinTables = source === 'declared' || source === 'renamed' || source === 'case'
  if (!mayJoinTables && !isPathPlatform(asset) && !isPathPlatform(alias) && authorityOf(asset) === authorityOf(alias)) {
    const refused = [{ ...statement, reason: 'two_tables' as const, between: [asset, alias] as const }]
    return { groups: nothing, refused, alone: [asset, alias] }
  }
  const members = compareKeys(asset, alias) < 0 ? [asset, alias] : [alias, asset]
  const isMeant = (key: string) => rules.some(({ to }) => isUnder(key, to))
  const statements = [statement]
  const group: AliasGroup = { key: canonicalMember({ keys: members, statements }, isMeant), members, statements }
  return { groups: [group], refused: nothing, alone: nothing }
}
