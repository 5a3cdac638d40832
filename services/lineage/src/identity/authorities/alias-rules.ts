import type { AliasRow } from '../aliases/alias-row.ts'
import { type AuthorityRewriting, authorityRewriting } from './authority-rewriting.ts'
import { type AuthorityRule, type ChosenRules, chooseRules } from './authority-rules.ts'

/** Rules that hold, and what keys become by them. */
export type AliasRules = ChosenRules & AuthorityRewriting

/** @param rows those of other sources than authorities do not count */
export function aliasRules(rows: readonly AliasRow[], configured: readonly AuthorityRule[]): AliasRules {
  const chosen = chooseRules(rows, configured)
  return { ...chosen, ...authorityRewriting(chosen.rules) }
}
