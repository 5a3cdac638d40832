import type { AliasRules } from '../authorities/authority-rewriting.ts'
import { isTargetOf } from '../authorities/authority-rules.ts'
import { isPathPlatform } from '../keys/platform.ts'
import type { AliasGroup, FoundGroups } from './alias-group.ts'
import { type AliasRow, compareKeys, holds } from './alias-row.ts'
import { canonicalMember } from './canonical-member.ts'
import { haveSameAuthority, mayJoinTables } from './merge-groups.ts'

const nothing: readonly never[] = []

/** `findGroups` for a row that shares no key with another row, as most do. Allocates little, since there are many. */
export function singleRowGroups(
  row: AliasRow,
  { rules, rewrite }: AliasRules,
  lastSuccessOf: (key: string) => number | undefined,
): FoundGroups {
  const { source, aliasedAt: since } = row
  const [asset, alias] = [rewrite(row.asset), rewrite(row.alias)]
  if (source === 'authority') return { groups: nothing, refused: nothing, alone: nothing }
  if (asset === alias) return { groups: nothing, refused: nothing, alone: [asset] }
  const wasUsedAgain = source === 'renamed' && (lastSuccessOf(alias) ?? 0) > since
  if (!holds(row) || wasUsedAgain) return { groups: nothing, refused: nothing, alone: [asset, alias] }
  const statement = { asset, alias, source, since }
  const areTables = !isPathPlatform(asset) && !isPathPlatform(alias)
  if (areTables && haveSameAuthority(asset, alias) && !mayJoinTables(source)) {
    const refused = [{ ...statement, reason: 'two_tables' as const, between: [asset, alias] as const }]
    return { groups: nothing, refused, alone: [asset, alias] }
  }
  const members = compareKeys(asset, alias) < 0 ? [asset, alias] : [alias, asset]
  const statements = [statement]
  const group: AliasGroup = {
    key: canonicalMember({ keys: members, statements }, isTargetOf(rules)),
    members,
    statements,
  }
  return { groups: [group], refused: nothing, alone: nothing }
}
