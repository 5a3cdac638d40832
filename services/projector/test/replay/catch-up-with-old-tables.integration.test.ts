import { connectSchemaRegistry } from '@headwater/schemas'
import {
  buildMaterialization,
  createTestDatabase,
  createTestTopic,
  eventually,
  sendEvents,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createMetrics } from '../../src/metrics.ts'
import { catchUpWithOldTables } from '../../src/replay/catch-up-with-old-tables.ts'
import { Rebuilding } from '../../src/replay/rebuilding.ts'
import { startProjector } from '../../src/start-projector.ts'
import { readPositions } from '../../src/tables/clickhouse-positions.ts'

it('new tables catch up with the old ones that a projector had taken further, and stop there', async () => {
  const topic = await createTestTopic()
  await sendEvents(
    topic,
    Array.from({ length: 100 }, (_, index) => buildMaterialization({ outputs: [`s3://out/${index}`] })),
  )
  const target = await createTestDatabase()
  const { client, database } = target
  const rebuilding = () =>
    new Rebuilding({
      ...{ client, database, topic, generation: 3 },
      start: (into, rebuild) =>
        startProjector({
          kafka: testKafka(),
          clickhouse: client,
          registry: connectSchemaRegistry({ url: testStack().schemaRegistryUrl }),
          database: into,
          topics: { events: topic, deadLetters: uniqueName('dead'), partitions: 1, replication: 1, create: true },
          groupId: uniqueName('group'),
          maxBatchRecords: 1_000,
          sessionTimeoutMs: 10_000,
          metrics: createMetrics(topic),
          logger: pino({ level: 'silent' }),
          signal: new AbortController().signal,
          rebuild,
        }),
    })
  const live = async () => (await readPositions(client, database, topic)).offsets
  const swappedIn = rebuilding()
  try {
    swappedIn.bounds.move(new Map([[0, 49]]))
    const { failed } = await swappedIn.begin()
    await Promise.race([failed, eventually(async () => expect(await live()).toEqual(new Map([[0, 49]])))])
    await swappedIn.stop()
    const following = rebuilding()
    await catchUpWithOldTables({ old: new Map([[0, 49]]), live, rebuilding: following })
    expect(await live()).toEqual(new Map([[0, 49]]))
    await catchUpWithOldTables({ old: new Map([[0, 79]]), live, rebuilding: following })
    expect(await readPositions(client, database, topic)).toMatchObject({ generation: 3, offsets: new Map([[0, 79]]) })
    const result = await client.query({
      query: `SELECT count() AS n FROM ${database}.run_facts FINAL`,
      format: 'JSONEachRow',
    })
    expect(Number((await result.json<{ n: number }>())[0]?.n)).toBe(80)
  } finally {
    await swappedIn.stop()
    await target.drop()
  }
})
