import type { HeadwaterEvent } from '@headwater/schemas'
import { uniqueName } from '@headwater/testing'
import type { AssetCatalog } from '../../src/catalog/asset-catalog.ts'

/** A catalog, and a way to have it know of events. */
export type RecordedCatalog = {
  readonly catalog: AssetCatalog
  record(events: readonly HeadwaterEvent[]): Promise<void>
}

export const minute = 60_000

export const iso = (epochMs: number): string => new Date(epochMs).toISOString()

/** A place for the assets of one test alone. */
export const folder = (): string => `s3://${uniqueName('bucket').replaceAll('_', '-')}`
