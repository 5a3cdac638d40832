import type { Edge } from '@headwater/lineage'
import type {
  AssetCard,
  AssetPage,
  AssetSummary,
  JobSummary,
  Materialization,
  Run,
  RunOutcome,
  RunSummary,
} from './contract.ts'
import type { PartitionState } from './log-position.ts'

/** Items of one page, and after which place the next one starts; null when there is none. */
export type Slice<Item, Place> = { readonly items: readonly Item[]; readonly next: Place | null }

/** What to search assets by; all that is given must match. Case does not count in `q`, for ASCII letters. */
export type AssetFilter = {
  readonly q?: string | undefined
  readonly prefix?: string | undefined
  readonly platform?: string | undefined
}

/** Where a run stands among others: latest first by `at`, then by descending job and run. */
export type RunPlace = {
  /** When it ended, or was last heard of; epoch milliseconds. */
  readonly at: number
  readonly jobNamespace: string
  readonly jobName: string
  readonly runId: string
}

export type JobKey = { readonly jobNamespace: string; readonly jobName: string }
export type RunState = RunOutcome['state']
type Paged<Place> = { readonly limit: number; readonly after?: Place | undefined }

/** The questions the API asks. Absence is `undefined` or an empty list. @throws ApiError when the store cannot answer */
export interface AssetCatalog {
  /** Assets by key. */
  assets(filter: AssetFilter & Paged<string>): Promise<Slice<AssetSummary, string>>
  assetFacets(filter: AssetFilter): Promise<NonNullable<AssetPage['facets']>>
  /** In no particular order; unknown keys are left out. */
  assetSummaries(keys: readonly string[]): Promise<readonly AssetSummary[]>
  assetCard(key: string): Promise<Omit<AssetCard, 'position' | 'lagMs'> | undefined>
  /** Known keys that look like this one, the nearest first. */
  similarKeys(key: string, limit: number): Promise<readonly string[]>
  materializations(
    filter: { readonly key: string; readonly state?: RunState | undefined } & Paged<RunPlace>,
  ): Promise<Slice<Materialization, RunPlace>>
  /** All current edges into (upstream) or out of (downstream) any of `keys`. */
  edges(keys: readonly string[], direction: 'upstream' | 'downstream'): Promise<readonly Edge[]>
  /** The runs of this id, by job. */
  runs(runId: string): Promise<readonly Run[]>
  jobRuns(
    filter: JobKey & { readonly state?: RunState | undefined } & Paged<RunPlace>,
  ): Promise<Slice<RunSummary, RunPlace>>
  /** Jobs by namespace and name; `q` is found in the name, whatever its case. */
  jobs(
    filter: { readonly q?: string | undefined; readonly namespace?: string | undefined } & Paged<JobKey>,
  ): Promise<Slice<JobSummary, JobKey>>
  /** How far each partition is folded. What is asked afterwards is answered from at least there. */
  partitions(): Promise<readonly PartitionState[]>
  /** Why it cannot answer now; empty when it can. */
  problems(): Promise<readonly string[]>
}
