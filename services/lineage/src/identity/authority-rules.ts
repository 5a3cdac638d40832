import { type AliasRow, compareKeys, holds } from './alias-row.ts'

/** Keys that begin with `from` mean those that begin with `to`. */
export type AuthorityRule = {
  /** A beginning of keys such as `postgres://10.0.0.5`, or a scheme alone, which stands for keys that lack an authority. */
  readonly from: string
  readonly to: string
  /** When it was last said, epoch milliseconds; null when it is configured. */
  readonly since: number | null
}

export type ChosenRules = {
  /** At most one of each beginning, and none that leads back to itself. */
  readonly rules: readonly AuthorityRule[]
  readonly refused: readonly AuthorityRule[]
}

/** The rules that hold. Configured ones come first, then what was said last; one that contradicts an earlier one is refused. */
export function chooseRules(rows: readonly AliasRow[], configured: readonly AuthorityRule[]): ChosenRules {
  const declared = joined(rows.filter(({ source }) => source === 'authority'))
    .filter(holds)
    .map(({ asset, alias, aliasedAt }) => ({ from: alias, to: asset, since: aliasedAt }))
  const rules: AuthorityRule[] = []
  const refused: AuthorityRule[] = []
  for (const rule of [...configured, ...declared].map(trimmed).toSorted(byRank)) {
    if (rules.some(({ from, to }) => from === rule.from && to === rule.to)) continue
    const contradicts =
      isSchemeAlone(rule.to) || rules.some(({ from }) => from === rule.from) || loops([...rules, rule])
    if (contradicts) refused.push(rule)
    else rules.push(rule)
  }
  return { rules, refused }
}

/** One row for what is said of two beginnings. */
function joined(rows: readonly AliasRow[]): readonly AliasRow[] {
  const known = new Map<string, AliasRow>()
  for (const row of rows) {
    const id = `${trim(row.alias)}\n${trim(row.asset)}` // keys cannot hold a line feed
    const { aliasedAt, unaliasedAt } = known.get(id) ?? row
    known.set(id, {
      ...row,
      aliasedAt: Math.max(aliasedAt, row.aliasedAt),
      unaliasedAt: Math.max(unaliasedAt, row.unaliasedAt),
    })
  }
  return [...known.values()]
}

export const isSchemeAlone = (beginning: string): boolean => beginning.endsWith('://')

/** True for the beginning itself and for keys below it. */
export const isUnder = (key: string, beginning: string): boolean =>
  key.startsWith(beginning) && (key.length === beginning.length || key[beginning.length] === '/')

const trimmed = (rule: AuthorityRule): AuthorityRule => ({ ...rule, from: trim(rule.from), to: trim(rule.to) })
const trim = (beginning: string) => (isSchemeAlone(beginning) ? beginning : beginning.replace(/\/+$/, ''))

const byRank = (a: AuthorityRule, b: AuthorityRule): number =>
  (b.since ?? Number.MAX_SAFE_INTEGER) - (a.since ?? Number.MAX_SAFE_INTEGER) ||
  compareKeys(a.from, b.from) ||
  compareKeys(a.to, b.to)

/** Whether the last of the rules may be applied to what it has itself led to. */
function loops(rules: readonly AuthorityRule[]): boolean {
  const last = rules.at(-1)
  const reached = new Set<AuthorityRule>()
  const frontier = last === undefined ? [] : [last]
  for (let rule = frontier.pop(); rule !== undefined; rule = frontier.pop()) {
    for (const next of rules) {
      if (!mayFollow(rule, next) || reached.has(next)) continue
      if (next === last) return true
      reached.add(next)
      frontier.push(next)
    }
  }
  return false
}

const mayFollow = ({ to }: AuthorityRule, { from }: AuthorityRule): boolean =>
  !isSchemeAlone(from) && (isUnder(to, from) || isUnder(from, to))
