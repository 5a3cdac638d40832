import type { AliasIndex } from '@headwater/lineage'

/** Which keys identify the same asset. Moments do not apply: today's aliases hold for the past too. */
export interface AliasReader {
  readonly index: AliasIndex
  /** The canonical key of the asset that `key` identifies. A partition that is trimmed, and that no event names, resolves to its table. */
  canonicalKey(key: string): Promise<string>
}
