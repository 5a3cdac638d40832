import type { AliasIndex, AliasSource, AliasStatement } from '@headwater/lineage'
import type { AliasMember, AliasStatement as ReportedStatement } from '../contract/index.ts'
import { isoOrNull } from './iso-time.ts'

const ranks: Readonly<Record<AliasSource, number>> = {
  ...{ declared: 0, authority: 1, table_symlink: 2, renamed: 3, symlink: 4, case: 5 },
}

/** All keys of an asset, the canonical one first, each with the strongest source of its alias. */
export function aliasMembers(aliases: AliasIndex, key: string): AliasMember[] {
  const statements = aliases.groupOf(key)?.statements ?? []
  return aliases.keysOf(key).map((member) => {
    if (aliases.rewrite(member) !== member)
      return { key: member, source: 'authority', since: ruleTime(aliases, member) }
    const [strongest] = statements.filter(({ asset, alias }) => asset === member || alias === member).sort(byRank)
    return { key: member, source: strongest?.source ?? 'authority', since: sinceOf(strongest) }
  })
}

/** The aliases in effect between the keys of an asset, rules of authorities included. */
export function statementsOf(aliases: AliasIndex, key: string): ReportedStatement[] {
  const statements = aliases.groupOf(key)?.statements ?? []
  const keys = new Set(aliases.keysOf(key))
  const rules = aliases.rules.filter(({ from }) => [...keys].some((member) => isUnder(member, from)))
  return [
    ...statements.map((statement) => ({ ...statement, since: sinceOf(statement) })),
    ...rules.map(({ from, to, since }) => ({
      asset: to,
      alias: from,
      source: 'authority' as const,
      since: isoOrNull(since),
    })),
  ]
}

/** Keys that differ in case alone are aliases by the platform, without a time. */
const sinceOf = (statement: AliasStatement | undefined) =>
  statement?.source === 'case' ? null : isoOrNull(statement?.since)

const byRank = (a: AliasStatement, b: AliasStatement) => ranks[a.source] - ranks[b.source] || b.since - a.since

/** When the rule that rewrites the key was last reported; null when it is configured. */
function ruleTime({ rules }: AliasIndex, key: string): string | null {
  const applies = rules.filter(({ from }) => isUnder(key, from))
  const [longest] = applies.toSorted((a, b) => b.from.length - a.from.length)
  return isoOrNull(longest?.since)
}

const isUnder = (key: string, from: string) => key === from || key.startsWith(from.endsWith('/') ? from : `${from}/`)
