import type { AssetLike } from '../assets/asset.ts'
import type { DataInterval } from '../runs/run.ts'

/** An asset, its key, or the materialized function that writes it. */
export type Upstream = AssetLike | (((...args: never[]) => unknown) & { readonly assets: readonly AssetLike[] })

/** What lineage reads of an `AbortSignal`. */
export type Signal = { readonly aborted: boolean }

type Computed<Args extends unknown[], T> = T | ((...args: Args) => T)

/** An output: an asset, or a function from the arguments to one or more assets. */
export type Output<Args extends unknown[]> = Computed<Args, AssetLike> | ((...args: Args) => readonly AssetLike[])

export type Outputs<Args extends unknown[]> = Output<Args> | readonly Output<Args>[]

export type JobOptions<Args extends unknown[]> = {
  /** Job name. Default: the name of the function, else the first key. */
  readonly name?: string
  /** Job namespace. Default: that of the producer. */
  readonly namespace?: string
  /** Job type, e.g. task, model, agent. Default: task, for flows flow. */
  readonly type?: string
  /** The tool that does the work, e.g. dbt, duckdb. */
  readonly by?: string
  /** When to report STARTED: true at once, false never. Default: when the run lasts longer than `announceAfterMs`. */
  readonly announce?: boolean
  /** A run that throws after this signal was aborted is reported as ABORTED instead of FAILED. Lineage itself cancels nothing. */
  readonly signal?: Signal | ((...args: Args) => Signal | undefined)
  /** The interval of data that the run processes. A backfill of an old interval does not refresh the asset. */
  readonly interval?: Computed<Args, DataInterval>
}

export type MaterializeOptions<Args extends unknown[]> = JobOptions<Args> & {
  /** Upstreams in addition to those found in the arguments. */
  readonly deps?: readonly Upstream[] | ((...args: Args) => readonly Upstream[])
}

/** Options of a flow. By default it reports STARTED at once, since other runs refer to it. */
export type FlowOptions<Args extends unknown[]> = Omit<JobOptions<Args>, 'name'>
