import type { Moment } from '@headwater/lineage'
import type { AssetCard, AssetPage, AssetSummary, Materialization } from '../contract/index.ts'
import type { Page, PageRequest, RunPlace } from './page.ts'
import type { RunState } from './run-reader.ts'

/** Criteria of a search, all of which must match. `q` ignores the case of ASCII letters. */
export type AssetFilter = {
  /** Part of any key of the asset. */
  readonly q?: string | undefined
  /** Beginning of any key of the asset. */
  readonly prefix?: string | undefined
  /** Scheme of the canonical key. */
  readonly platform?: string | undefined
}

export interface AssetReader {
  /** Matching assets as they are now, sorted by canonical key. */
  search(filter: AssetFilter & PageRequest<string>): Promise<Page<AssetSummary, string>>
  /** How many assets match, and how many on each platform if `platform` did not count. */
  facets(filter: AssetFilter): Promise<NonNullable<AssetPage['facets']>>
  /** In no particular order, without unknown keys. */
  summaries(keys: readonly string[], moment: Moment): Promise<readonly AssetSummary[]>
  card(key: string, moment: Moment): Promise<Omit<AssetCard, 'position' | 'lagMs' | 'completeness'> | undefined>
  /** What runs did to one asset, latest first. */
  materializations(
    filter: {
      readonly key: string
      readonly state?: RunState | undefined
      readonly moment: Moment
    } & PageRequest<RunPlace>,
  ): Promise<Page<Materialization, RunPlace>>
  /** Known keys similar to `key`, the nearest first. */
  similarKeys(key: string, limit: number): Promise<readonly string[]>
}
