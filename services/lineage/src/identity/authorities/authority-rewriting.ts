import type { AliasRow } from '../aliases/alias-row.ts'
import { isSchemeAlone } from '../keys/key-prefix.ts'
import { platformNamed } from '../keys/platform.ts'
import { type AuthorityRule, type ChosenRules, chooseRules } from './authority-rules.ts'

/** Rules as columns, the longest prefix first, for stores that rewrite keys themselves. */
export type RuleColumns = {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** For a scheme alone: the number of segments of a key that lacks the authority and its slash; else 0. */
  readonly segments: readonly number[]
  /** Prefixes with an authority, to which the rule of a scheme alone does not apply. */
  readonly known: readonly string[]
  /** How many rules may apply to one key one after the other. */
  readonly steps: number
}

export type AuthorityRewriting = {
  /** The key with its authority resolved. Idempotent. */
  readonly rewrite: (key: string) => string
  /** Every key that is rewritten to this one, including itself. */
  readonly keysOf: (key: string) => readonly string[]
  readonly columns: RuleColumns
}

/** The rules in effect, and how they rewrite keys. */
export type AliasRules = ChosenRules & AuthorityRewriting

const mostKeys = 1_000

/** @param rows only those of authorities count */
export function aliasRules(rows: readonly AliasRow[], configured: readonly AuthorityRule[]): AliasRules {
  const chosen = chooseRules(rows, configured)
  return { ...chosen, ...authorityRewriting(chosen.rules) }
}

/** @param rules without loops, as `chooseRules` returns them */
function authorityRewriting(rules: readonly AuthorityRule[]): AuthorityRewriting {
  const byFrom = new Map(rules.map((rule) => [rule.from, rule]))
  const known = new Set(
    rules.flatMap(({ from, to }) => [from, to].filter((end) => !isSchemeAlone(end)).map(authorityOf)),
  )
  const step = (key: string) => stepOf(key, byFrom, known)
  const steps = rules.length
  const rewrite = (key: string): string => {
    let result = key
    for (let left = steps; left > 0; left--) {
      const next = step(result)
      if (next === result) break
      result = next
    }
    return result
  }
  return {
    rewrite,
    keysOf: (key) => (rules.length === 0 ? [key] : keysBefore(key, rules, step)),
    columns: columnsOf(rules, known),
  }
}

/** Scheme and first segment of a key. */
export function authorityOf(key: string): string {
  const start = key.indexOf('://') + 3
  const end = key.indexOf('/', start)
  return end < 0 ? key : key.slice(0, end)
}

function stepOf(key: string, byFrom: ReadonlyMap<string, AuthorityRule>, known: ReadonlySet<string>): string {
  const start = key.indexOf('://') + 3
  if (byFrom.size === 0 || start < 3) return key
  for (let end = key.length; end > start; end = key.lastIndexOf('/', end - 1)) {
    const rule = byFrom.get(key.slice(0, end))
    if (rule !== undefined) return rule.to + key.slice(end)
  }
  const rule = byFrom.get(key.slice(0, start))
  const path = key.slice(start)
  if (rule === undefined) return key
  if (path.startsWith('/')) return rule.to + path // the authority is empty
  if (known.has(authorityOf(key))) return key
  return path.split('/').length === segmentsFor(rule.from) ? `${rule.to}/${path}` : key
}

/** The number of segments of a key from which a tool left out the authority and its slash. */
const segmentsFor = (prefix: string): number => platformNamed(prefix.slice(0, -3)).levels || 3

function keysBefore(key: string, rules: readonly AuthorityRule[], step: (key: string) => string): readonly string[] {
  const found = new Set([key])
  for (const after of found) {
    for (const { from, to } of rules) {
      if (!after.startsWith(to) || found.size >= mostKeys) continue
      const rest = after.slice(to.length)
      const candidates = isSchemeAlone(from) ? [from + rest.slice(1), from + rest] : [from + rest]
      for (const before of candidates) if (step(before) === after) found.add(before)
    }
  }
  return [...found]
}

function columnsOf(rules: readonly AuthorityRule[], known: ReadonlySet<string>): RuleColumns {
  const ordered = rules.toSorted((a, b) => b.from.length - a.from.length)
  return {
    from: ordered.map(({ from }) => from),
    to: ordered.map(({ to }) => to),
    segments: ordered.map(({ from }) => (isSchemeAlone(from) ? segmentsFor(from) : 0)),
    known: [...known],
    steps: rules.length,
  }
}
