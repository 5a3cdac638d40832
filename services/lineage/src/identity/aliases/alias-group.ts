import type { AliasStatement } from './alias-row.ts'
import type { RefusedMerge } from './merge-groups.ts'

/** Two or more keys of one asset. */
export type AliasGroup = {
  /** The canonical key. */
  readonly key: string
  /** All keys including the canonical one, sorted. */
  readonly members: readonly string[]
  readonly statements: readonly AliasStatement[]
}

/** The groups that a set of rows makes. */
export type FoundGroups = {
  readonly groups: readonly AliasGroup[]
  /** In the order of `compareStatements`. */
  readonly refused: readonly RefusedMerge[]
  /** Keys that rows contain and no group does. */
  readonly alone: readonly string[]
}
