import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import {
  createTestDatabase,
  holdsFor,
  noon,
  projectBatches,
  projectEvents,
  propertyTimeoutMs,
  recordsOf,
  type TestDatabase,
  testStack,
  uniqueName,
} from '@headwater/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CatalogStore } from '../../src/catalog/catalog.ts'
import { createClickHouseStore } from '../../src/clickhouse/clickhouse-store.ts'
import { createQuery } from '../../src/clickhouse/query.ts'
import { describeCatalog } from '../catalog/catalog.contract.ts'
import { createInMemoryStore } from '../oracle/in-memory-store.ts'
import { catalogAnswers } from '../properties/catalog-answers.ts'
import { randomEvents } from '../properties/random-events.ts'

const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

async function openStore(): Promise<{ store: CatalogStore; database: TestDatabase }> {
  const database = await createTestDatabase()
  const client = createClient({ url: testStack().clickhouseUrl, database: database.database })
  closing.push(
    () => database.drop(),
    () => client.close(),
  )
  return { store: createClickHouseStore(createQuery(client)), database }
}

describeCatalog('The ClickHouse catalog', async () => {
  const { store, database } = await openStore()
  return { store, record: (events) => projectEvents(database, events) }
})

describe('The ClickHouse catalog', () => {
  let store: CatalogStore
  let database: TestDatabase
  beforeAll(async () => {
    ;({ store, database } = await openStore())
  })

  it(
    'gives the same answers as the in-memory catalog, in any order of events and any batches',
    async () => {
      await holdsFor(
        fc.asyncProperty(
          fc.constant(null).chain(() => randomEvents(uniqueName('at').replaceAll('_', '-'))),
          fc.nat(),
          fc.tuple(fc.option(fc.nat(40), { nil: undefined }), fc.option(fc.nat(60), { nil: undefined })),
          async (events, cut, [asOf, knownAt]) => {
            const at = /at-[0-9a-f]+/.exec(JSON.stringify(events))?.[0] ?? ''
            const records = recordsOf(events)
            await projectBatches(database, [
              records.slice(0, cut % records.length),
              records.slice(cut % records.length),
            ])
            const reference = createInMemoryStore(events)
            const timeOf = (second: number | undefined) => (second === undefined ? undefined : noon + second * 1_000)
            for (const moment of [{}, { asOf: timeOf(asOf), knownAt: timeOf(knownAt) }]) {
              expect(await catalogAnswers(await store.open(), at, moment)).toEqual(
                await catalogAnswers(reference.catalog, at, moment),
              )
            }
          },
        ),
        5,
      )
    },
    propertyTimeoutMs,
  )

  it('reads how far each partition is folded, and when it was last folded completely', async () => {
    const { client, database: name } = database
    await client.insert({
      table: `${name}.folded_offsets`,
      values: [
        { topic: 'log', partition: 0, last_offset: 7, recorded_at: 1_000 },
        { topic: 'log', partition: 0, last_offset: 9, recorded_at: 2_000 },
        { topic: 'log', partition: 1, last_offset: 3, recorded_at: 3_000 },
      ],
      format: 'JSONEachRow',
    })
    await client.insert({
      table: `${name}.heartbeats`,
      values: [
        { topic: 'log', partition: 0, log_end_offset: 10, next_offset: 10, observed_at: 4_000 },
        { topic: 'log', partition: 0, log_end_offset: 11, next_offset: 10, observed_at: 5_000 },
        { topic: 'log', partition: 2, log_end_offset: 0, next_offset: 0, observed_at: 6_000 },
      ],
      format: 'JSONEachRow',
    })
    const states = (await store.partitions()).filter(({ topic }) => topic === 'log')
    expect(states).toEqual([
      { topic: 'log', partition: 0, lastOffset: 9, recordedAt: 2_000, caughtUpAt: null },
      { topic: 'log', partition: 1, lastOffset: 3, recordedAt: 3_000, caughtUpAt: null },
      { topic: 'log', partition: 2, lastOffset: null, recordedAt: null, caughtUpAt: 6_000 },
    ])
  })

  it('considers only positions of the latest generation, and ignores heartbeats from further than these tables', async () => {
    const { store, database } = await openStore()
    const { client, database: name } = database
    const position = { topic: 'log', recorded_at: 1_000 }
    await client.insert({
      table: `${name}.folded_offsets`,
      values: [
        { ...position, partition: 0, last_offset: 9, generation: 1 },
        { ...position, partition: 0, last_offset: 7, generation: 2 },
        { ...position, partition: 1, last_offset: 3, generation: 2 },
        { ...position, partition: 2, last_offset: 3, generation: 1 },
      ],
      format: 'JSONEachRow',
    })
    await client.insert({
      table: `${name}.heartbeats`,
      values: [
        { topic: 'log', partition: 0, log_end_offset: 10, next_offset: 10, observed_at: 4_000 },
        { topic: 'log', partition: 1, log_end_offset: 4, next_offset: 4, observed_at: 4_000 },
        { topic: 'log', partition: 2, log_end_offset: 4, next_offset: 4, observed_at: 4_000 },
      ],
      format: 'JSONEachRow',
    })
    expect(await store.partitions()).toEqual([
      { topic: 'log', partition: 0, lastOffset: 7, recordedAt: 1_000, caughtUpAt: null },
      { topic: 'log', partition: 1, lastOffset: 3, recordedAt: 1_000, caughtUpAt: 4_000 },
      { topic: 'log', partition: 2, lastOffset: null, recordedAt: null, caughtUpAt: null },
    ])
  })

  it('has no problems on a migrated database, and names the tables that another one lacks', async () => {
    expect(await store.problems()).toEqual([])
    const client = createClient({ url: testStack().clickhouseUrl, database: 'default' })
    closing.push(() => client.close())
    const [problem] = await createClickHouseStore(createQuery(client)).problems()
    expect(problem).toContain('run_facts')
  })

  it('throws STORE_UNAVAILABLE when nothing listens', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1', log: { level: ClickHouseLogLevel.OFF } })
    closing.push(() => client.close())
    const away = createClickHouseStore(createQuery(client))
    await expect(away.open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
  })
})
