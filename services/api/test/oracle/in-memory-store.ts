import type { HeadwaterEvent } from '@headwater/schemas'
import type { Catalog, CatalogStore } from '../../src/catalog/catalog.ts'
import type { PartitionState } from '../../src/position/log-position.ts'
import { createTestLog } from './folded-log.ts'
import { inMemoryAssets } from './in-memory-assets.ts'
import { inMemoryChanges, inMemoryColumns, inMemoryEdges } from './in-memory-graph.ts'
import { inMemoryJobs } from './in-memory-jobs.ts'
import { inMemoryRuns } from './in-memory-runs.ts'

export type InMemoryStore = CatalogStore & {
  readonly catalog: Catalog
  /** Events may be pushed at any time. */
  readonly events: HeadwaterEvent[]
  partitionStates: PartitionState[]
}

/** The answers of the oracle, `services/testing/src/reference`, in the form of the API's ports. */
export function createInMemoryStore(given: readonly HeadwaterEvent[] = []): InMemoryStore {
  const log = createTestLog([...given])
  const catalog: Catalog = {
    assets: inMemoryAssets(log),
    edges: inMemoryEdges(log),
    changes: inMemoryChanges(log),
    columns: inMemoryColumns(log),
    runs: inMemoryRuns(log),
    jobs: inMemoryJobs(log),
    aliases: {
      get index() {
        return log.aliases().index
      },
      canonicalKey: async (key) => log.aliases().index.canonical(key),
    },
  }
  const store: InMemoryStore = {
    ...{ catalog, events: log.events, partitionStates: [] },
    open: async () => catalog,
    refreshAliases: async () => undefined,
    partitions: async () => store.partitionStates,
    horizon: async () => undefined,
    gaps: async () => [],
    problems: async () => [],
  }
  return store
}
