import { type AliasRow, compareKeys, holds } from '../aliases/alias-row.ts'
import { canonicalPrefix, isSchemeAlone, isUnder } from '../keys/key-prefix.ts'

/** Every key that starts with `from` resolves to the key that starts with `to` instead. */
export type AuthorityRule = {
  /** A prefix of keys such as `postgres://10.0.0.5`, or a scheme alone, which stands for all keys that lack an authority. */
  readonly from: string
  readonly to: string
  /** When it was last declared, epoch milliseconds; null for a configured rule. */
  readonly since: number | null
}

export type ChosenRules = {
  /** At most one for each prefix, and without loops. */
  readonly rules: readonly AuthorityRule[]
  readonly refused: readonly AuthorityRule[]
}

/** The rules in effect. Configured rules come first, then the latest declared; a rule that contradicts an earlier one is refused. */
export function chooseRules(rows: readonly AliasRow[], configured: readonly AuthorityRule[]): ChosenRules {
  const rules: AuthorityRule[] = []
  const refused: AuthorityRule[] = []
  for (const rule of [...configured.flatMap(inBothForms), ...declared(rows)].toSorted(byRank)) {
    if (rules.some(({ from, to }) => from === rule.from && to === rule.to)) continue
    const contradicts =
      isSchemeAlone(rule.to) || rules.some(({ from }) => from === rule.from) || loops([...rules, rule])
    if (contradicts) refused.push(rule)
    else rules.push(rule)
  }
  return { rules, refused }
}

/** The rules that rows declare and do not deny later. */
function declared(rows: readonly AliasRow[]): readonly AuthorityRule[] {
  const known = new Map<string, Ends & Pick<AliasRow, 'aliasedAt' | 'unaliasedAt'>>()
  for (const { source, asset, alias, ...row } of rows) {
    if (source !== 'authority') continue
    for (const ends of inBothForms({ from: alias, to: asset })) {
      const id = `${ends.from}\n${ends.to}` // keys contain no line feeds
      const { aliasedAt, unaliasedAt } = known.get(id) ?? row
      known.set(id, {
        ...ends,
        aliasedAt: Math.max(aliasedAt, row.aliasedAt),
        unaliasedAt: Math.max(unaliasedAt, row.unaliasedAt),
      })
    }
  }
  return [...known.values()].filter(holds).map(({ from, to, aliasedAt }) => ({ from, to, since: aliasedAt }))
}

type Ends = Pick<AuthorityRule, 'from' | 'to'>

/**
 * The rule for the canonical form of its prefix, and for the prefix as written if that differs: tools, people and producers that make keys
 * themselves may write default ports.
 */
function inBothForms<Rule extends Ends>(rule: Rule): readonly Rule[] {
  const [from, to] = [canonicalPrefix(rule.from), canonicalPrefix(rule.to)]
  const written = trim(rule.from)
  return written === from || written === to
    ? [{ ...rule, from, to }]
    : [from, written].map((each) => ({ ...rule, from: each, to }))
}

/** Whether a rule resolves other keys to this one or to a key above it. */
export const isTargetOf =
  (rules: readonly AuthorityRule[]) =>
  (key: string): boolean =>
    rules.some(({ to }) => isUnder(key, to))

const trim = (prefix: string) => (isSchemeAlone(prefix) ? prefix : prefix.replace(/\/+$/, ''))

const byRank = (a: AuthorityRule, b: AuthorityRule): number =>
  (b.since ?? Number.MAX_SAFE_INTEGER) - (a.since ?? Number.MAX_SAFE_INTEGER) ||
  compareKeys(a.from, b.from) ||
  compareKeys(a.to, b.to)

/** Whether the last of the rules may apply again to a key that it has rewritten itself. */
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
