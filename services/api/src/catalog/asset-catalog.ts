import type { AliasIndex, ColumnLink, ColumnSelection, Edge, GraphView, Moment } from '@headwater/lineage'
import type {
  AssetCard,
  AssetPage,
  AssetSummary,
  Column,
  JobCard,
  JobSummary,
  Materialization,
  Run,
  RunOutcome,
  RunReference,
  RunSummary,
} from '../contract/index.ts'
import type { PartitionState } from '../position/log-position.ts'

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

/** An edge through one job that came or went between two moments. */
export type EdgeChange = JobKey & {
  readonly from: string
  readonly to: string
  /**
   * run: a run asserted it, or no longer did; restored: a run wrote again what was dropped; dropped: one of its ends was; declared,
   * undeclared: the job declared it, or no longer did, and no success of it has written the asset.
   */
  readonly cause: 'run' | 'restored' | 'dropped' | 'declared' | 'undeclared'
  /** What was dropped, or written again. */
  readonly asset: string | null
  readonly run: RunReference | null
  /** When that run ended, the asset was dropped, or the job declared something else; epoch milliseconds. */
  readonly at: number | null
}

export type EdgeChanges = { readonly added: readonly EdgeChange[]; readonly removed: readonly EdgeChange[] }

export type JobKey = { readonly jobNamespace: string; readonly jobName: string }
export type RunState = RunOutcome['state']
type Paged<Place> = { readonly limit: number; readonly after?: Place | undefined }
type Timed = { readonly moment: Moment }

/** The questions the API asks, each of one moment unless it tells otherwise. Keys may be any of an asset's; answers have the canonical one. Absence is `undefined` or an empty list. @throws ApiError when the store cannot answer */
export interface AssetCatalog {
  /** Assets by key, as they are now. */
  assets(filter: AssetFilter & Paged<string>): Promise<Slice<AssetSummary, string>>
  assetFacets(filter: AssetFilter): Promise<NonNullable<AssetPage['facets']>>
  /** In no particular order; unknown keys are left out. */
  assetSummaries(keys: readonly string[], moment: Moment): Promise<readonly AssetSummary[]>
  assetCard(key: string, moment: Moment): Promise<Omit<AssetCard, 'position' | 'lagMs'> | undefined>
  /** Known keys that look like this one, the nearest first. */
  similarKeys(key: string, limit: number): Promise<readonly string[]>
  materializations(
    filter: { readonly key: string; readonly state?: RunState | undefined } & Timed & Paged<RunPlace>,
  ): Promise<Slice<Materialization, RunPlace>>
  /** All edges of the view into (upstream) or out of (downstream) any of `keys`. */
  edges(keys: readonly string[], direction: 'upstream' | 'downstream', view: GraphView): Promise<readonly Edge[]>
  /**
   * Current edges that are there as of one time and not as of the other; sorted by ends and job.
   * @param span times in epoch milliseconds
   * @param among where given, only edges between these assets
   */
  edgeChanges(
    span: Omit<Moment, 'asOf'> & { readonly from: number; readonly to: number },
    among?: readonly string[],
  ): Promise<EdgeChanges>
  /**
   * Current links into (upstream) or out of (downstream) the columns that are selected; those of whole rows concern every column.
   * In no particular order.
   */
  columnLinks(
    selected: readonly ColumnSelection[],
    direction: 'upstream' | 'downstream',
    moment: Moment,
  ): Promise<readonly ColumnLink[]>
  /** The latest schema stated of each asset, by key; assets without one are left out. */
  schemas(keys: readonly string[], moment: Moment): Promise<ReadonlyMap<string, readonly Column[]>>
  /** The runs of this id, by job. */
  runs(runId: string, moment: Moment): Promise<readonly Run[]>
  jobRuns(
    filter: JobKey & { readonly state?: RunState | undefined } & Timed & Paged<RunPlace>,
  ): Promise<Slice<RunSummary, RunPlace>>
  /**
   * Jobs by namespace and name; `q` is found in the name, whatever its case. Without `children` those are left out, and counted in
   * `hidden` as far as they come before the next page, of which each run is the child of another and none wrote an asset.
   */
  jobs(
    filter: {
      readonly q?: string | undefined
      readonly namespace?: string | undefined
      readonly children: boolean
    } & Timed &
      Paged<JobKey>,
  ): Promise<Slice<JobSummary, JobKey> & { readonly hidden: number }>
  jobCard(job: JobKey, moment: Moment): Promise<Omit<JobCard, 'position' | 'lagMs'> | undefined>
  /** Known jobs that look like this one, the nearest first. */
  similarJobs(job: JobKey, limit: number): Promise<readonly JobKey[]>
  /** Before when history may have expired, in epoch milliseconds; undefined when everything is kept. */
  horizon(): Promise<number | undefined>
  /** The canonical key of what is asked for by this key: of a partition that is trimmed, and known only so, that of the whole asset. */
  canonicalKey(asked: string): Promise<string>
  /** The same questions, all answered by the aliases as they are now, whatever is said meanwhile. */
  pinned(): Promise<AssetCatalog>
  /** Which keys mean one asset. Moments do not count: what is known of identity now holds for the past too. */
  aliases(): Promise<AliasIndex>
  /** What is asked afterwards is answered by the aliases that are stored now, or later ones. */
  refreshAliases(): Promise<void>
  /** How far each partition is folded. What is asked afterwards is answered from at least there. */
  partitions(): Promise<readonly PartitionState[]>
  /** Why it cannot answer now; empty when it can. */
  problems(): Promise<readonly string[]>
}
