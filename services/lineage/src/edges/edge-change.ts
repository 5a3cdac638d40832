import type { RunReference } from '@headwater/schemas'
import { compareKeys } from '../identity/aliases/alias-row.ts'
import type { JobEdge } from './job-edge.ts'

/** An edge through one job that is current at only one of two moments, and why. */
export type EdgeChange = JobEdge & {
  /**
   * run: a run asserted the edge, or the latest success no longer does; restored: a run wrote a dropped asset; dropped: one of the
   * ends was dropped; declared, undeclared: the job declared the edge, or no longer does, and none of its successes wrote the asset.
   */
  readonly cause: 'run' | 'restored' | 'dropped' | 'declared' | 'undeclared'
  /** The asset that was dropped or restored. */
  readonly asset: string | null
  readonly run: RunReference | null
  /** When that run ended, the asset was dropped, or the job changed its declaration; epoch milliseconds. */
  readonly at: number | null
}

export type EdgeChanges = { readonly added: readonly EdgeChange[]; readonly removed: readonly EdgeChange[] }

/** Sorts by ends, then by job. */
export const byEndsAndJob = (a: EdgeChange, b: EdgeChange): number =>
  compareKeys(a.from, b.from) ||
  compareKeys(a.to, b.to) ||
  compareKeys(a.jobNamespace, b.jobNamespace) ||
  compareKeys(a.jobName, b.jobName)
