import type { LogGap } from '@headwater/clickhouse'
import type { Work } from '../load/work.ts'
import type { PartitionState } from '../position/log-position.ts'
import type { AliasReader } from './alias-reader.ts'
import type { AssetReader } from './asset-reader.ts'
import type { ChangeReader } from './change-reader.ts'
import type { ColumnReader } from './column-reader.ts'
import type { EdgeReader } from './edge-reader.ts'
import type { JobReader } from './job-reader.ts'
import type { RunReader } from './run-reader.ts'

/**
 * Everything the API reads, by one state of the aliases. Any key of an asset is accepted, and answers contain canonical keys; what
 * does not exist is `undefined` or missing from the list. Every method may throw ApiError STORE_UNAVAILABLE or QUERY_TOO_EXPENSIVE.
 */
export type Catalog = {
  readonly aliases: AliasReader
  readonly assets: AssetReader
  readonly changes: ChangeReader
  readonly columns: ColumnReader
  readonly edges: EdgeReader
  readonly jobs: JobReader
  readonly runs: RunReader
}

/** Where catalogs come from, and how far the store is. */
export interface CatalogStore {
  /** A catalog that keeps the aliases as they are now, so that the parts of one answer agree. Its queries are bound to `work`. */
  open(work?: Work): Promise<Catalog>
  /** Catalogs that are opened afterwards contain at least the aliases stored now. */
  refreshAliases(): Promise<void>
  /** How far each partition is folded. Everything that is read afterwards contains at least that. */
  partitions(): Promise<readonly PartitionState[]>
  /** The time before which history may have expired, in epoch milliseconds; undefined when everything is kept. */
  horizon(): Promise<number | undefined>
  /** Records that were deleted from the log before they were folded, in order. */
  gaps(): Promise<readonly LogGap[]>
  /** Why the store cannot answer now; empty when it can. */
  problems(signal?: AbortSignal): Promise<readonly string[]>
}
