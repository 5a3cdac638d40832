import { type AliasRow, type AliasStatement, compareKeys } from './alias-row.ts'
import { authorityRewriting, type RuleColumns } from './authority-rewriting.ts'
import { type AuthorityRule, chooseRules, isUnder } from './authority-rules.ts'
import { canonicalMember } from './canonical-member.ts'
import { lastingRenames } from './lasting-renames.ts'
import { mergeGroups, type RefusedMerge } from './merge-groups.ts'
import { newNamesFirst } from './new-names-first.ts'
import { statedPairs } from './stated-pairs.ts'

/** Two keys or more that mean one asset. */
export type AliasGroup = {
  /** The canonical key. */
  readonly key: string
  /** All keys, the canonical one included, sorted. */
  readonly members: readonly string[]
  readonly statements: readonly AliasStatement[]
}

export type { RefusedMerge } from './merge-groups.ts'

/** Which keys mean one asset. Made for all keys at once; nothing in it changes. */
export type AliasIndex = {
  /** The key that stands for the asset which this key means. Applying it again changes nothing. */
  readonly canonical: (key: string) => string
  /** Every key that means the same asset as this one: the canonical one first, then sorted. */
  readonly keysOf: (key: string) => readonly string[]
  /** Every key that is this one when authorities are rewritten. */
  readonly spellings: (key: string) => readonly string[]
  /** The group of the key, authorities rewritten; undefined for a key that is alone. */
  readonly groupOf: (key: string) => AliasGroup | undefined
  /** By canonical key. */
  readonly groups: readonly AliasGroup[]
  /** Keys that something is said of and that mean themselves alone, authorities rewritten. */
  readonly alone: readonly string[]
  /** The key with the authority that is meant, before it is looked for in a group. */
  readonly rewrite: (key: string) => string
  readonly rules: readonly AuthorityRule[]
  readonly ruleColumns: RuleColumns
  /** What tools say and is not believed, and rules that contradict others. */
  readonly refused: readonly RefusedMerge[]
  readonly refusedRules: readonly AuthorityRule[]
  /** True when every key means itself. */
  readonly isEmpty: boolean
}

export type AliasFacts = {
  readonly rows: readonly AliasRow[]
  readonly configured?: readonly AuthorityRule[]
  /** End of the latest success that wrote a key, for keys that were renamed; epoch milliseconds. */
  readonly lastSuccess?: (key: string) => number | undefined
}

/** The index of what is said. Only the set of rows matters, not their order. */
export function aliasIndex({ rows, configured = [], lastSuccess = () => undefined }: AliasFacts): AliasIndex {
  const { rules, refused: refusedRules } = chooseRules(rows, configured)
  const { rewrite, keysOf, columns } = authorityRewriting(rules)
  const { statements, denials } = statedPairs(rows, rewrite)
  const lastSuccessOf = (key: string) => latest(keysOf(key).map(lastSuccess))
  const merged = mergeGroups({ statements: newNamesFirst(lastingRenames(statements, lastSuccessOf)), denials })
  const isMeant = (key: string) => rules.some(({ to }) => isUnder(key, to))
  const groups = merged.groups
    .map(
      (group): AliasGroup => ({
        key: canonicalMember(group, isMeant),
        members: group.keys.toSorted(compareKeys),
        statements: group.statements,
      }),
    )
    .sort((a, b) => compareKeys(a.key, b.key))
  const byMember = new Map<string, AliasGroup>()
  for (const group of groups) for (const key of group.members) byMember.set(key, group)
  const groupOf = (key: string) => byMember.get(rewrite(key))
  return {
    canonical: (key) => groupOf(key)?.key ?? rewrite(key),
    keysOf: (key) => {
      const group = groupOf(key)
      const canonical = group?.key ?? rewrite(key)
      const all = (group?.members ?? [canonical]).flatMap(keysOf).filter((member) => member !== canonical)
      return [canonical, ...all.sort(compareKeys)]
    },
    spellings: (key) => keysOf(rewrite(key)),
    groupOf,
    groups,
    alone: aloneIn(rows, rewrite, byMember),
    rewrite,
    ...{ rules, ruleColumns: columns, refused: merged.refused, refusedRules },
    isEmpty: groups.length === 0 && rules.length === 0,
  }
}

function aloneIn(
  rows: readonly AliasRow[],
  rewrite: (key: string) => string,
  grouped: ReadonlyMap<string, AliasGroup>,
): readonly string[] {
  const alone = new Set<string>()
  const note = (key: string) => {
    if (!grouped.has(key)) alone.add(key)
  }
  for (const { source, asset, alias } of rows) {
    if (source === 'authority') continue
    note(rewrite(asset))
    note(rewrite(alias))
  }
  return [...alone]
}

const latest = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}
