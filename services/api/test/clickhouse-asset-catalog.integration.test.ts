import { createClient } from '@clickhouse/client'
import { createTestDatabase, projectEvents, type TestDatabase, testStack } from '@headwater/testing'
import { afterAll } from 'vitest'
import { createAsk } from '../src/ask.ts'
import { createClickHouseAssetCatalog } from '../src/clickhouse-asset-catalog.ts'
import { describeAssetCatalog } from './asset-catalog.contract.ts'

const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

describeAssetCatalog('The ClickHouse catalog', async () => {
  const database: TestDatabase = await createTestDatabase()
  const client = createClient({ url: testStack().clickhouseUrl, database: database.database })
  closing.push(
    () => database.drop(),
    () => client.close(),
  )
  return {
    catalog: createClickHouseAssetCatalog(createAsk(client)),
    record: (events) => projectEvents(database, events),
  }
})
