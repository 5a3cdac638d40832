import type { AliasStatement } from './alias-row.ts'
import type { RefusedMerge } from './merge-groups.ts'

/** Two keys or more that mean one asset. */
export type AliasGroup = {
  /** The canonical key. */
  readonly key: string
  /** All keys, the canonical one included, sorted. */
  readonly members: readonly string[]
  readonly statements: readonly AliasStatement[]
}

/** What rows say of their keys. */
export type FoundGroups = {
  readonly groups: readonly AliasGroup[]
  /** In the order of `compareStatements`. */
  readonly refused: readonly RefusedMerge[]
  /** Keys that something is said of and that are in no group. */
  readonly alone: readonly string[]
}
