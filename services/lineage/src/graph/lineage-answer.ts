/** How an edge was asserted: as an input of the run, stated for this output alone, or by what the job declares outside its runs. */
export type EdgeAssertion = 'run' | 'explicit' | 'declared'

/** Why an edge is believed: the job through which it goes, and the runs that asserted it. Times are epoch milliseconds. */
export type EdgeEvidence = {
  readonly jobNamespace: string
  readonly jobName: string
  /** The latest successful run that asserted it, and how that one did; empty where it is only declared. */
  readonly runId: string
  readonly assertion: EdgeAssertion
  readonly firstSeen: number
  readonly lastSeen: number
  /** Successful runs that asserted it. */
  readonly runs: number
  /** Runs of the job that would have asserted it, had they not failed or been aborted. */
  readonly failedRuns: number
  /**
   * True when the latest success of the job asserted it, or what the job declares while no success of it wrote the asset, and neither
   * end is dropped.
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
  /** True when a job both reads and writes the asset; that edge is not drawn. */
  readonly readsItself: boolean
}

/** Neighbours of a node that the answer leaves out, because of `depth` or `maxNodes`. */
export type Omission = { readonly id: number; readonly upstream: number; readonly downstream: number }

export type LineageAnswer = {
  readonly root: string
  readonly nodes: readonly LineageNode[]
  /** Ends are node ids. */
  readonly edges: readonly { readonly from: number; readonly to: number; readonly jobs: readonly EdgeEvidence[] }[]
  /** True when `maxNodes` left out nodes that are within `depth`. */
  readonly truncated: boolean
  readonly omitted: readonly Omission[]
}
