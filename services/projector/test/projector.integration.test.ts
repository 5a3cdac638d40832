import { createClient } from '@clickhouse/client'
import { connectSchemaRegistry } from '@headwater/schemas'
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
import { createMetrics } from '../src/metrics.ts'
import type { RunningProjector } from '../src/projector-options.ts'
import { startProjector } from '../src/start-projector.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Parts = {
  readonly topic: string
  readonly database?: string
  readonly groupId?: string
  readonly deadLetters?: string
}

async function project({
  topic,
  database = uniqueName('test'),
  groupId = uniqueName('group'),
  deadLetters = uniqueName('dead'),
}: Parts) {
  const clickhouse = createClient({ url: testStack().clickhouseUrl, request_timeout: 60_000 })
  const metrics = createMetrics(topic)
  const projector: RunningProjector = await startProjector({
    kafka: testKafka(),
    clickhouse,
    registry: connectSchemaRegistry({ url: testStack().schemaRegistryUrl }),
    database,
    topics: { events: topic, deadLetters, partitions: 1, replication: 1, create: true },
    groupId,
    maxBatchRecords: 1_000,
    sessionTimeoutMs: 10_000,
    metrics,
    logger: pino({ level: 'silent' }),
    signal: new AbortController().signal,
  })
  const stop = async () => {
    await projector.stop()
    await clickhouse.close()
  }
  cleanups.push(stop)
  const count = async (table: string): Promise<number> => {
    const result = await clickhouse.query({
      query: `SELECT count() AS n FROM \`${database}\`.${table} FINAL`,
      format: 'JSONEachRow',
    })
    return Number((await result.json<{ n: string }>())[0]?.n)
  }
  return { projector, clickhouse, database, groupId, deadLetters, metrics, count, stop }
}

const events = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    buildMaterialization({ inputs: ['s3://in'], outputs: [`s3://out/${index % 10}`] }),
  )

async function deadLettersIn(
  topic: string,
  count: number,
): Promise<{ key: string; headers: Record<string, string>; value: Buffer }[]> {
  const consumer = testKafka().consumer({ groupId: uniqueName('reader') })
  const found: { key: string; headers: Record<string, string>; value: Buffer }[] = []
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)])
      found.push({
        key: String(message.key),
        headers: Object.fromEntries(headers),
        value: message.value ?? Buffer.alloc(0),
      })
    },
  })
  try {
    await eventually(() => expect(found).toHaveLength(count))
  } finally {
    await consumer.disconnect()
  }
  return found
}

describe('the projector', () => {
  it('folds existing and new events of the log, each once', async () => {
    const topic = await createTestTopic(3)
    await sendEvents(topic, events(300))
    const { count } = await project({ topic })
    await eventually(async () => expect(await count('run_facts')).toBe(300))
    await sendEvents(topic, events(50))
    await eventually(async () => expect(await count('run_facts')).toBe(350))
    expect(await count('asset_sightings')).toBe(11)
  })

  it('writes a dead letter with reason and position for a poison record, and continues', async () => {
    const topic = await createTestTopic()
    await sendEvents(topic, events(5))
    await sendRecords(topic, [
      { key: 'k', value: Buffer.from('this is not avro') },
      { key: null, value: null },
    ])
    await sendEvents(topic, events(5))
    const { count, deadLetters, metrics } = await project({ topic })
    await eventually(async () => expect(await count('run_facts')).toBe(10))
    const [poison, empty] = await deadLettersIn(deadLetters, 2)
    expect(poison).toMatchObject({
      key: expect.stringMatching(new RegExp(`^${topic}:0:5@\\d{13}$`)),
      headers: { 'headwater-reason-code': 'NOT_FRAMED', 'headwater-position': `${topic}:0:5`, 'headwater-key': 'k' },
    })
    expect(poison?.value.toString()).toBe('this is not avro')
    expect(empty).toMatchObject({ headers: { 'headwater-position': `${topic}:0:6`, 'headwater-reason-code': 'EMPTY' } })
    await eventually(async () => {
      const text = await metrics.registry.metrics() // counted once the offsets are committed
      expect(text).toContain('headwater_projector_dlq_total{reason="NOT_FRAMED"} 1')
      expect(text).toContain(`headwater_projector_events_total{topic="${topic}",result="dead_letter"} 2`)
    })
  })

  it('writes more dead letters at once than fit into one request, and one as large as the log allows', async () => {
    const topic = await createTestTopic()
    const poison = Array.from({ length: 3_000 }, () => ({ key: 'k', value: Buffer.alloc(300, 1) }))
    for (const some of [poison, poison]) await sendRecords(topic, some)
    await sendRecords(topic, [{ key: 'large', value: Buffer.alloc(1_048_400, 1) }])
    await sendEvents(topic, events(5))
    const { count, deadLetters } = await project({ topic })
    await eventually(async () => expect(await count('run_facts')).toBe(5))
    const found = await deadLettersIn(deadLetters, 6_001)
    expect(found.find(({ headers }) => headers['headwater-key'] === 'large')?.value).toHaveLength(1_048_400)
  })

  it('omits the bytes of a dead letter that is too large for its topic, and continues', async () => {
    const topic = await createTestTopic()
    const deadLetters = uniqueName('dead')
    const admin = testKafka().admin()
    await admin.connect()
    const configEntries = [{ name: 'max.message.bytes', value: '50000' }]
    await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic: deadLetters, numPartitions: 1, configEntries }],
    })
    await admin.disconnect()
    const others = Array.from({ length: 4 }, () => ({ key: 'k', value: Buffer.alloc(20_000, 1) }))
    await sendRecords(topic, [{ key: 'large', value: Buffer.alloc(60_000, 1) }, ...others])
    await sendEvents(topic, events(5))
    const { count } = await project({ topic, deadLetters })
    await eventually(async () => expect(await count('run_facts')).toBe(5))
    const [letter, ...whole] = await deadLettersIn(deadLetters, 5)
    expect(whole.map(({ value }) => value.length)).toEqual(others.map(({ value }) => value.length))
    expect(letter).toMatchObject({
      headers: { 'headwater-position': `${topic}:0:0`, 'headwater-omitted-bytes': '60000' },
    })
    expect(letter?.value).toHaveLength(0)
  })

  it('starts from the positions of the tables, not from the committed offsets', async () => {
    const topic = await createTestTopic()
    await sendEvents(topic, events(20))
    const first = await project({ topic })
    await eventually(async () => expect(await first.count('folded_offsets')).toBe(1))
    await first.stop()
    cleanups.length = 0
    const elsewhere = await project({ topic, groupId: first.groupId }) // the same group, an empty database
    await eventually(async () => expect(await elsewhere.count('run_facts')).toBe(20))
  })

  it('writes heartbeats with the end of the log and the folded position', async () => {
    const topic = await createTestTopic()
    await sendEvents(topic, events(7))
    const { clickhouse, database, metrics } = await project({ topic })
    await eventually(async () => {
      const result = await clickhouse.query({
        query: `SELECT next_offset, log_end_offset FROM \`${database}\`.heartbeats FINAL`,
        format: 'JSONEachRow',
      })
      expect(await result.json()).toEqual([{ next_offset: 7, log_end_offset: 7 }])
    })
    expect(await metrics.registry.metrics()).toContain('headwater_projector_lag_seconds 0')
  })
})
