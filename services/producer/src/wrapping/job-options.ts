import type { AssetLike } from '../assets/asset.ts'
import type { DataInterval } from '../runs/run.ts'

/** An asset, its key, or the materialized function that writes it. */
export type Upstream = AssetLike | (((...args: never[]) => unknown) & { readonly assets: readonly AssetLike[] })

type Computed<Args extends unknown[], T> = T | ((...args: Args) => T)

/** One output: an asset, or a function of the arguments that says which. */
export type Output<Args extends unknown[]> = Computed<Args, AssetLike> | ((...args: Args) => readonly AssetLike[])

export type Outputs<Args extends unknown[]> = Output<Args> | readonly Output<Args>[]

export type JobOptions<Args extends unknown[]> = {
  /** Job name. Default: the function's name, else the first key. */
  readonly name?: string
  /** Job namespace. Default: the producer's. */
  readonly namespace?: string
  /** Job type, e.g. task, model, agent. */
  readonly type?: string
  /** The tool that does the work, e.g. dbt, duckdb. */
  readonly by?: string
  /** true: send STARTED at once; false: never; default: when the run lasts longer than `announceAfterMs`. */
  readonly announce?: boolean
  /** A run that throws once this is aborted was called off, it has not failed. Lineage cancels nothing itself. */
  readonly signal?: AbortSignal | ((...args: Args) => AbortSignal | undefined)
  /** The span of data the run is for; a backfill of an older one makes nothing fresh. */
  readonly interval?: Computed<Args, DataInterval>
}

export type MaterializeOptions<Args extends unknown[]> = JobOptions<Args> & {
  /** Upstreams beyond those found in the arguments. */
  readonly deps?: readonly Upstream[] | ((...args: Args) => readonly Upstream[])
}

/** A flow is announced at once unless told otherwise, since other runs refer to it. */
export type FlowOptions<Args extends unknown[]> = Omit<JobOptions<Args>, 'name'>
