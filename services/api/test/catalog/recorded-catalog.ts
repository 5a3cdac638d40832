import type { HeadwaterEvent } from '@headwater/schemas'
import { uniqueName } from '@headwater/testing'
import type { CatalogStore } from '../../src/catalog/catalog.ts'

/** A store under test, and a way to record events in it. */
export type RecordedCatalog = {
  readonly store: CatalogStore
  record(events: readonly HeadwaterEvent[]): Promise<void>
}

export const minute = 60_000

export const iso = (epochMs: number): string => new Date(epochMs).toISOString()

/** A unique prefix for the assets of one test. */
export const folder = (): string => `s3://${uniqueName('bucket').replaceAll('_', '-')}`
