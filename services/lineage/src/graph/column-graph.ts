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
  /** True when a job makes it from itself; that edge is left out. */
  readonly readsItself: boolean
}

/** A transformation of an edge between columns. */
export type EdgeTransformation = ColumnTransformation & {
  /** True when it was reported for the whole row of an asset, not for this column. */
  readonly wholeRow: boolean
}

export type ColumnGraphEdge = {
  /** Node ids. */
  readonly from: number
  readonly to: number
  readonly transformations: readonly EdgeTransformation[]
  /** The runs that reported it, one for each job. */
  readonly jobs: readonly ColumnEvidence[]
}

export type ColumnGraph = {
  readonly nodes: readonly ColumnNode[]
  readonly edges: readonly ColumnGraphEdge[]
  readonly truncated: boolean
  readonly omitted: readonly Omission[]
}

/** True when it selects rows and makes no value. A transformation of a whole row does, unless reported as direct. */
export const isIndirect = ({ kind, wholeRow }: Pick<EdgeTransformation, 'kind' | 'wholeRow'>): boolean =>
  kind === '' ? wholeRow : kind.toUpperCase() === 'INDIRECT'
