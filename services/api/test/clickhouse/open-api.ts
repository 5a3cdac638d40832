import { createClient } from '@clickhouse/client'
import { type TestDatabase, testStack } from '@headwater/testing'
import { buildApp } from '../../src/app.ts'
import {
  type ClickHouseAssetCatalogOptions,
  createClickHouseAssetCatalog,
} from '../../src/clickhouse/clickhouse-catalog.ts'
import { type Ask, createAsk } from '../../src/clickhouse/query.ts'

type OpenOptions = ClickHouseAssetCatalogOptions & {
  /** How long ClickHouse may work at one question. */
  readonly maxSeconds?: number
  /** What asks in its place. */
  readonly asking?: (ask: Ask) => Ask
}

/** The API as it answers from the tables of a database. */
export async function openApi(
  { database }: Pick<TestDatabase, 'database'>,
  { maxSeconds = 20, asking = (ask) => ask, ...options }: OpenOptions = {},
) {
  const request_timeout = (maxSeconds + 10) * 1_000
  const client = createClient({ url: testStack().clickhouseUrl, database, request_timeout })
  const ask = asking(createAsk(client, maxSeconds))
  const catalog = createClickHouseAssetCatalog(ask, options)
  const app = await buildApp({ catalog })
  return {
    ...{ app, catalog, ask },
    get: (path: string, query: Record<string, string> = {}) => app.inject({ url: `/api/v1${path}`, query }),
    async close() {
      await app.close()
      await client.close()
    },
  }
}
