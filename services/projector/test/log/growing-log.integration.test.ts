import { createClient } from '@clickhouse/client'
import { connectSchemaRegistry, encodeEvent } from '@headwater/schemas'
import {
  buildMaterialization,
  createTestTopic,
  eventually,
  sendEvents,
  sendRecords,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/metrics.ts'
import { startProjector } from '../../src/start-projector.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function project(topic: string) {
  const clickhouse = createClient({ url: testStack().clickhouseUrl })
  const [database, groupId] = [uniqueName('test'), uniqueName('group')]
  const metrics = createMetrics(topic)
  const projector = await startProjector({
    ...{ kafka: testKafka(), clickhouse, database, groupId, metrics, logger: pino({ level: 'silent' }) },
    registry: connectSchemaRegistry({ url: testStack().schemaRegistryUrl }),
    topics: { events: topic, deadLetters: uniqueName('dead'), partitions: 1, replication: 1, create: true },
    ...{ maxBatchRecords: 1_000, sessionTimeoutMs: 10_000, signal: new AbortController().signal },
  })
  cleanups.push(() => clickhouse.close(), projector.stop)
  const runs = async (): Promise<number> => {
    const query = `SELECT toUInt32(count()) AS n FROM \`${database}\`.run_facts FINAL`
    const found = await clickhouse.query({ query, format: 'JSONEachRow' })
    return (await found.json<{ n: number }>())[0]?.n ?? 0
  }
  /** Lag by partition, as the metric has it. */
  const lag = async (): Promise<Record<string, number>> => {
    const { values } = (await metrics.registry.getSingleMetric('headwater_projector_lag_messages')?.get()) ?? {
      values: [],
    }
    return Object.fromEntries(values.map(({ labels, value }) => [String(labels['partition']), value]))
  }
  return { runs, lag, groupId }
}

const events = (count: number) => Array.from({ length: count }, () => buildMaterialization({ outputs: ['s3://out'] }))

async function recordsOf(topic: string, count: number) {
  const ids = await connectSchemaRegistry({ url: testStack().schemaRegistryUrl }).register(topic)
  return events(count).map((event) => ({ key: 'k', value: encodeEvent(event, ids), partition: 0 }))
}

async function transactional() {
  const producer = testKafka().producer({
    transactionalId: uniqueName('txn'),
    idempotent: true,
    maxInFlightRequests: 1,
  })
  await producer.connect()
  cleanups.push(() => producer.disconnect())
  return producer
}

async function adminOf() {
  const admin = testKafka().admin()
  await admin.connect()
  cleanups.push(() => admin.disconnect())
  return admin
}

describe('a topic whose partitions are raised', () => {
  it('is read from the first record of the new partitions within seconds, and they count as lag meanwhile', async () => {
    const topic = await createTestTopic(2)
    const { runs, lag } = await project(topic)
    await sendEvents(topic, events(4))
    await eventually(async () => expect(await runs()).toBe(4))
    const admin = await adminOf()
    await admin.createPartitions({ topicPartitions: [{ topic, count: 4 }] })
    const records = await recordsOf(topic, 5)
    await eventually(() =>
      sendRecords(
        topic,
        records.map((record) => ({ ...record, partition: 3 })),
      ),
    )
    const startedAt = performance.now()
    await eventually(async () => expect(await lag()).toHaveProperty('3'))
    await eventually(async () => expect(await runs()).toBe(9))
    expect(performance.now() - startedAt).toBeLessThan(8_000)
    await eventually(async () => expect(await lag()).toEqual({ 0: 0, 1: 0, 2: 0, 3: 0 }))
  })
})

describe('the marker of a transaction', () => {
  it('is no lag, of a transaction that committed and of one that aborted', async () => {
    const topic = await createTestTopic()
    const { runs, lag, groupId } = await project(topic)
    const producer = await transactional()
    const committed = await producer.transaction()
    await committed.send({ topic, messages: await recordsOf(topic, 3) })
    await committed.commit()
    await eventually(async () => expect(await runs()).toBe(3))
    await eventually(async () => expect(await lag()).toEqual({ 0: 0 }))
    const aborted = await producer.transaction()
    await aborted.send({ topic, messages: await recordsOf(topic, 2) })
    await aborted.abort()
    const admin = await adminOf()
    await eventually(async () => {
      const [group] = await admin.fetchOffsets({ groupId, topics: [topic] })
      expect(group?.partitions).toMatchObject([{ offset: '7' }])
    })
    await eventually(async () => expect(await lag()).toEqual({ 0: 0 }))
    expect(await runs()).toBe(3)
  })

  it('is no lag where nothing else was read since the projector started', async () => {
    const topic = await createTestTopic()
    const producer = await transactional()
    const aborted = await producer.transaction()
    await aborted.send({ topic, messages: await recordsOf(topic, 2) })
    await aborted.abort()
    const { lag } = await project(topic)
    await eventually(async () => expect(await lag()).toEqual({ 0: 0 }))
  })
})
