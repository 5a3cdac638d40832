import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { createTestDatabase, projectBatches, testStack } from '@headwater/testing'
import type { AssetCatalog } from '../../src/catalog/asset-catalog.ts'
import { createClickHouseAssetCatalog } from '../../src/clickhouse/clickhouse-catalog.ts'
import { createAsk } from '../../src/clickhouse/query.ts'

/** Folds the batches into tables of their own and asks a catalog of them. */
export async function inTables(
  batches: Parameters<typeof projectBatches>[1],
  ask: (catalog: AssetCatalog, client: ClickHouseClient) => Promise<void>,
  options?: Parameters<typeof createClickHouseAssetCatalog>[1],
): Promise<void> {
  const database = await createTestDatabase()
  const client = createClient({ url: testStack().clickhouseUrl, database: database.database })
  try {
    await projectBatches(database, batches)
    await ask(createClickHouseAssetCatalog(createAsk(client), options), client)
  } finally {
    await client.close()
    await database.drop()
  }
}
