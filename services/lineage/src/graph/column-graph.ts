import type { ColumnEvidence, ColumnTransformation } from './column-link.ts'
import type { Omission } from './lineage-answer.ts'

export type ColumnNode = {
  /** Number of the node within the answer; the root is 0. */
  readonly id: number
  readonly key: string
  /** Empty for the whole row. */
  readonly column: string
  /** Shortest distance to a root, in edges. */
  readonly depth: number
  /** True when a job makes it of itself; that edge is not listed. */
  readonly readsItself: boolean
}

/** A transformation as it stands at an edge. */
export type StatedTransformation = ColumnTransformation & {
  /** True when it was stated of the whole row of an asset, and not of this column. */
  readonly wholeRow: boolean
}

export type ColumnGraphEdge = {
  /** Node ids. */
  readonly from: number
  readonly to: number
  readonly transformations: readonly StatedTransformation[]
  /** The runs that say so, by job. */
  readonly jobs: readonly ColumnEvidence[]
}

export type ColumnGraph = {
  readonly nodes: readonly ColumnNode[]
  readonly edges: readonly ColumnGraphEdge[]
  readonly truncated: boolean
  readonly omitted: readonly Omission[]
}

/** True when it decides on rows and makes no value. What is said of a whole row does, unless stated to be direct. */
export const isIndirect = ({ kind, wholeRow }: Pick<StatedTransformation, 'kind' | 'wholeRow'>): boolean =>
  kind === '' ? wholeRow : kind.toUpperCase() === 'INDIRECT'
