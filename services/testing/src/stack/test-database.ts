import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { migrate } from '@headwater/clickhouse'
import { testStack } from './test-stack.ts'
import { uniqueName } from './unique-name.ts'

export type TestDatabase = {
  readonly client: ClickHouseClient
  readonly database: string
  drop(): Promise<void>
}

/** A migrated database of its own, for one test file. */
export async function createTestDatabase(url: string = testStack().clickhouseUrl): Promise<TestDatabase> {
  const database = uniqueName('test')
  const client = createClient({ url, request_timeout: 60_000 })
  await migrate(client, database)
  return {
    client,
    database,
    async drop() {
      await client.command({ query: `DROP DATABASE IF EXISTS \`${database}\`` })
      await client.close()
    },
  }
}
