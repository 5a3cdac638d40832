import { createClient } from '@clickhouse/client'
import { type TestDatabase, testStack } from '@headwater/testing'
import { buildApp } from '../../src/app.ts'
import { type ClickHouseStoreOptions, createClickHouseStore } from '../../src/clickhouse/clickhouse-store.ts'
import { createQuery, type Query } from '../../src/clickhouse/query.ts'
import { expectDescribed } from '../described-answer.ts'

type OpenOptions = ClickHouseStoreOptions & {
  /** Longest execution time of one query. */
  readonly maxSeconds?: number
  /** Wraps the queries, e.g. to record an event while one runs. */
  readonly wrap?: (query: Query) => Query
}

/** The API on the tables of a database. */
export async function openApi(
  { database }: Pick<TestDatabase, 'database'>,
  { maxSeconds = 20, wrap = (query) => query, ...options }: OpenOptions = {},
) {
  const request_timeout = (maxSeconds + 10) * 1_000
  const client = createClient({ url: testStack().clickhouseUrl, database, request_timeout })
  const query = wrap(createQuery(client, { maxSeconds }))
  const store = createClickHouseStore(query, options)
  const app = await buildApp({ store })
  return {
    ...{ app, store, query },
    async get(path: string, parameters: Record<string, string> = {}) {
      const url = `/api/v1${path}`
      const answer = await app.inject({ url, query: parameters })
      expectDescribed(url, answer)
      return answer
    },
    async close() {
      await app.close()
      await client.close()
    },
  }
}
