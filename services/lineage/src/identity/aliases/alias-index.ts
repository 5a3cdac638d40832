import type { RuleColumns } from '../authorities/authority-rewriting.ts'
import { type AliasRules, aliasRules } from '../authorities/authority-rewriting.ts'
import type { AuthorityRule } from '../authorities/authority-rules.ts'
import type { AliasGroup, FoundGroups } from './alias-group.ts'
import { type AliasRow, compareKeys } from './alias-row.ts'
import { findGroups } from './find-groups.ts'
import type { RefusedMerge } from './merge-groups.ts'

/** Which keys mean one asset. Nothing in it changes. */
export type AliasIndex = {
  /** The key that stands for the asset which this key means. Applying it again changes nothing. */
  readonly canonical: (key: string) => string
  /** Every key that means the same asset as this one: the canonical one first, then sorted. */
  readonly keysOf: (key: string) => readonly string[]
  /** Every key that is this one when authorities are rewritten. */
  readonly spellings: (key: string) => readonly string[]
  /** The group of the key, authorities rewritten; undefined for a key that is alone. */
  readonly groupOf: (key: string) => AliasGroup | undefined
  /** Whether the key is what its asset was called until it was renamed. */
  readonly isFormer: (key: string) => boolean
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
  const rules = aliasRules(rows, configured)
  const found = findGroups(rows, rules, lastSuccess)
  const byMember = new Map<string, AliasGroup>()
  for (const group of found.groups) for (const key of group.members) byMember.set(key, group)
  const groups = found.groups.toSorted((a, b) => compareKeys(a.key, b.key))
  return indexOf(rules, { ...found, groups }, (key) => byMember.get(key))
}

/**
 * @param found its groups by canonical key
 * @param groupAt the group of a key of which the authority is rewritten
 */
export function indexOf(
  { rules, refused: refusedRules, rewrite, keysOf, columns }: AliasRules,
  found: FoundGroups,
  groupAt: (key: string) => AliasGroup | undefined,
): AliasIndex {
  const groupOf = (key: string) => groupAt(rewrite(key))
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
    isFormer: (key) => {
      const meant = rewrite(key)
      return groupAt(meant)?.statements.some(({ source, alias }) => source === 'renamed' && alias === meant) ?? false
    },
    ...found,
    rewrite,
    ...{ rules, ruleColumns: columns, refusedRules },
    isEmpty: found.groups.length === 0 && rules.length === 0,
  }
}
