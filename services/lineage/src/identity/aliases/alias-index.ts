import type { RuleColumns } from '../authorities/authority-rewriting.ts'
import { type AliasRules, aliasRules } from '../authorities/authority-rewriting.ts'
import type { AuthorityRule } from '../authorities/authority-rules.ts'
import type { AliasGroup, FoundGroups } from './alias-group.ts'
import { type AliasRow, compareKeys } from './alias-row.ts'
import { findGroups } from './find-groups.ts'
import type { RefusedMerge } from './merge-groups.ts'

/** Which keys identify the same asset. Immutable. */
export type AliasIndex = {
  /** The canonical key of the asset that this key identifies. Idempotent. */
  readonly canonical: (key: string) => string
  /** Every key of the asset that this key identifies: the canonical key first, then sorted. */
  readonly keysOf: (key: string) => readonly string[]
  /** Every key that equals this one once authorities are rewritten. */
  readonly spellings: (key: string) => readonly string[]
  /** The group of the key once its authority is rewritten; undefined for a key without aliases. */
  readonly groupOf: (key: string) => AliasGroup | undefined
  /** Whether the key is a former name of its asset, which was renamed. */
  readonly isFormer: (key: string) => boolean
  /** Sorted by canonical key. */
  readonly groups: readonly AliasGroup[]
  /** Keys that rows contain and no group does, with rewritten authorities. */
  readonly alone: readonly string[]
  /** The key with its authority resolved, but without aliases of other sources. */
  readonly rewrite: (key: string) => string
  readonly rules: readonly AuthorityRule[]
  readonly ruleColumns: RuleColumns
  /** Aliases that tools report and that are not accepted, and rules that contradict others. */
  readonly refused: readonly RefusedMerge[]
  readonly refusedRules: readonly AuthorityRule[]
  /** True when every key is canonical. */
  readonly isEmpty: boolean
}

export type AliasFacts = {
  readonly rows: readonly AliasRow[]
  readonly configured?: readonly AuthorityRule[]
  /** End of the latest success that wrote a key, needed for renamed keys; epoch milliseconds. */
  readonly lastSuccess?: (key: string) => number | undefined
}

/** The index of the rows. Only the set of rows matters, not their order. */
export function aliasIndex({ rows, configured = [], lastSuccess = () => undefined }: AliasFacts): AliasIndex {
  const rules = aliasRules(rows, configured)
  const found = findGroups(rows, rules, lastSuccess)
  const byMember = new Map<string, AliasGroup>()
  for (const group of found.groups) for (const key of group.members) byMember.set(key, group)
  const groups = found.groups.toSorted((a, b) => compareKeys(a.key, b.key))
  return indexOf(rules, { ...found, groups }, (key) => byMember.get(key))
}

/**
 * @param found its groups sorted by canonical key
 * @param groupAt the group of a key with a rewritten authority
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
      const rewritten = rewrite(key)
      return (
        groupAt(rewritten)?.statements.some(({ source, alias }) => source === 'renamed' && alias === rewritten) ?? false
      )
    },
    ...found,
    rewrite,
    ...{ rules, ruleColumns: columns, refusedRules },
    isEmpty: found.groups.length === 0 && rules.length === 0,
  }
}
