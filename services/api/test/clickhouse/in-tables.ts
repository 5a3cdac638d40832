import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { createTestDatabase, projectBatches, testStack } from '@headwater/testing'
import type { Catalog, CatalogStore } from '../../src/catalog/catalog.ts'
import { type ClickHouseStoreOptions, createClickHouseStore } from '../../src/clickhouse/clickhouse-store.ts'
import { createQuery } from '../../src/clickhouse/query.ts'

export type OpenedTables = {
  readonly client: ClickHouseClient
  readonly store: CatalogStore
  /** Opened once the batches are folded. */
  readonly catalog: Catalog
}

/** Folds the batches into tables in a database of their own, and passes them to `use`. */
export async function inTables(
  batches: Parameters<typeof projectBatches>[1],
  use: (opened: OpenedTables) => Promise<void>,
  options?: ClickHouseStoreOptions,
): Promise<void> {
  const database = await createTestDatabase()
  const client = createClient({ url: testStack().clickhouseUrl, database: database.database })
  try {
    await projectBatches(database, batches)
    const store = createClickHouseStore(createQuery(client), options)
    await use({ client, store, catalog: await store.open() })
  } finally {
    await client.close()
    await database.drop()
  }
}
