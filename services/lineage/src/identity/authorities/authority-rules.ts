import { type AliasRow, compareKeys, holds } from '../aliases/alias-row.ts'
import { canonicalKey } from '../keys/canonical-key.ts'
import { datasetNameOf } from '../keys/dataset-name.ts'
import { canonicalScheme } from '../keys/platform.ts'

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

/** What rows say of two beginnings, and hold to. */
function declared(rows: readonly AliasRow[]): readonly AuthorityRule[] {
  const known = new Map<string, Ends & Pick<AliasRow, 'aliasedAt' | 'unaliasedAt'>>()
  for (const { source, asset, alias, ...row } of rows) {
    if (source !== 'authority') continue
    for (const ends of inBothForms({ from: alias, to: asset })) {
      const id = `${ends.from}\n${ends.to}` // keys cannot hold a line feed
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
 * With the beginning as keys have it, and as it was written, if that is another: tools write default ports, and so may people, and
 * producers in keys that they make themselves.
 */
function inBothForms<Rule extends Ends>(rule: Rule): readonly Rule[] {
  const [from, to] = [canonicalBeginning(rule.from), canonicalBeginning(rule.to)]
  const written = trim(rule.from)
  return written === from || written === to
    ? [{ ...rule, from, to }]
    : [from, written].map((each) => ({ ...rule, from: each, to }))
}

/** The beginning as canonical keys have it: `postgres://host` for `postgresql://HOST:5432`. A scheme alone stays a scheme alone. */
function canonicalBeginning(beginning: string): string {
  const start = beginning.indexOf('://')
  const [scheme, rest] = [canonicalScheme(beginning.slice(0, Math.max(0, start))), beginning.slice(start)]
  return rest === '://' ? scheme + rest : canonicalKey(datasetNameOf(scheme + rest))
}

export const isSchemeAlone = (beginning: string): boolean => beginning.endsWith('://')

/** True for the beginning itself and for keys below it. */
const isUnder = (key: string, beginning: string): boolean =>
  key.startsWith(beginning) && (key.length === beginning.length || key[beginning.length] === '/')

/** Whether a key is one that others mean by a rule. */
export const areMeantBy =
  (rules: readonly AuthorityRule[]) =>
  (key: string): boolean =>
    rules.some(({ to }) => isUnder(key, to))

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
