/** How an edge was asserted: by an input of the run, by an input of this output alone, or by a declaration of the job. */
export type EdgeAssertion = 'run' | 'explicit' | 'declared'

/** Why an edge exists: the job through which it goes, and the runs that asserted it. Times are epoch milliseconds. */
export type EdgeEvidence = {
  readonly jobNamespace: string
  readonly jobName: string
  /** The latest successful run that asserted it; empty for an edge that is only declared. */
  readonly runId: string
  readonly assertion: EdgeAssertion
  readonly firstSeen: number
  readonly lastSeen: number
  /** Number of successful runs that asserted it. */
  readonly runs: number
  /** Number of failed and aborted runs of the job that had it as an input. */
  readonly failedRuns: number
  /**
   * True when the latest success of the job asserted it or, while no success of the job has written the asset, its latest declaration
   * contains it; and neither end is dropped.
   */
  readonly current: boolean
}

/** Data flows from `from` to `to`. */
export type Edge = { readonly from: string; readonly to: string; readonly jobs: readonly EdgeEvidence[] }

export type Direction = 'upstream' | 'downstream' | 'both'

export type LineageNode = {
  /** Number of the node within this answer; the root is 0. */
  readonly id: number
  readonly key: string
  /** Shortest distance to the root, in edges. */
  readonly depth: number
  /** True when a job both reads and writes the asset; that edge is left out. */
  readonly readsItself: boolean
}

/** How many neighbours of a node the answer leaves out, because of `depth` or `maxNodes`. */
export type Omission = { readonly id: number; readonly upstream: number; readonly downstream: number }

export type LineageAnswer = {
  readonly root: string
  readonly nodes: readonly LineageNode[]
  /** Ends are node ids. */
  readonly edges: readonly { readonly from: number; readonly to: number; readonly jobs: readonly EdgeEvidence[] }[]
  /** True when `maxNodes` left out nodes within `depth`. */
  readonly truncated: boolean
  readonly omitted: readonly Omission[]
}
