import {
  createTestTopic,
  eventually,
  GatewayProcess,
  sendRecords,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLineageRun } from '../events/open-lineage-run.ts'
import { readLog } from '../log/read-log.ts'

let source: string
let topic: string
let deadLetters: string
const gateways: GatewayProcess[] = []

beforeAll(async () => {
  ;[source, topic, deadLetters] = await Promise.all([createTestTopic(3), createTestTopic(3), createTestTopic(1)])
  const env = { GATEWAY_OPENLINEAGE_TOPIC: source, GATEWAY_GROUP: uniqueName('gateway') }
  for (let n = 0; n < 2; n++) gateways.push(new GatewayProcess({ stack: testStack(), topic, deadLetters, env }))
  await Promise.all(gateways.map((gateway) => gateway.start()))
})
afterAll(() => Promise.all(gateways.map((gateway) => gateway.stop())))

const record = (n: number) => ({ key: `run:shop/${n}`, value: Buffer.from(JSON.stringify(openLineageRun(`job-${n}`))) })

async function jobsInLog(): Promise<ReadonlySet<string>> {
  const events = [...(await readLog(topic)).values()]
  return new Set(events.flatMap(({ event }) => ('runId' in event && 'job' in event ? [event.job.name] : [])))
}

async function lettersWritten(): Promise<readonly { readonly code: string; readonly position: string }[]> {
  const letters: { code: string; position: string }[] = []
  const consumer = testKafka().consumer({ groupId: uniqueName('reader') })
  await consumer.connect()
  await consumer.subscribe({ topic: deadLetters, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message: { headers = {} } }) => {
      letters.push({ code: String(headers['headwater-reason-code']), position: String(headers['headwater-position']) })
    },
  })
  await eventually(() => expect(letters.length).toBeGreaterThanOrEqual(3)).finally(() => consumer.disconnect())
  return letters
}

it('creates a missing topic before the first event', async () => {
  const missing = uniqueName('openlineage')
  const env = { GATEWAY_OPENLINEAGE_TOPIC: missing, GATEWAY_GROUP: uniqueName('gateway'), KAFKA_TOPIC_PARTITIONS: '2' }
  const gateway = new GatewayProcess({ stack: testStack(), topic, deadLetters, env })
  const admin = testKafka().admin()
  await Promise.all([gateway.start(), admin.connect()])
  try {
    await eventually(async () => expect(await admin.listTopics()).toContain(missing), 30_000)
    const { topics } = await admin.fetchTopicMetadata({ topics: [missing] })
    expect(topics[0]?.partitions).toHaveLength(2)
  } finally {
    await Promise.all([gateway.stop(), admin.deleteTopics({ topics: [missing] }).then(() => admin.disconnect())])
  }
}, 90_000)

it('ingests the OpenLineage topic, also after the gateway is killed, and writes invalid events to the dead letters', async () => {
  await sendRecords(
    source,
    Array.from({ length: 200 }, (_, n) => record(n)),
  )
  await eventually(async () => expect((await jobsInLog()).size).toBe(200), 60_000)
  await gateways[0]?.kill()
  await sendRecords(
    source,
    Array.from({ length: 100 }, (_, n) => record(200 + n)),
  )
  await sendRecords(source, [
    { key: null, value: Buffer.from('no json'), partition: 0 },
    { key: null, value: Buffer.from('{"eventTime": 3}'), partition: 1 },
    { key: null, value: null, partition: 2 },
  ])
  await eventually(async () => expect((await jobsInLog()).size).toBe(300), 90_000)
  const letters = await lettersWritten()
  expect(new Set(letters.map(({ code }) => code))).toEqual(new Set(['INVALID_JSON', 'INVALID_EVENT', 'EMPTY']))
  for (const { position } of letters) expect(position.startsWith(`${source}:`)).toBe(true)
}, 240_000)

it('reads partitions that are added to the topic, and commits markers of transactions, which are no lag', async () => {
  const admin = testKafka().admin()
  await admin.connect()
  const [growing, group] = [await createTestTopic(1), uniqueName('gateway')]
  const env = { GATEWAY_OPENLINEAGE_TOPIC: growing, GATEWAY_GROUP: group }
  const gateway = new GatewayProcess({ stack: testStack(), topic, deadLetters, env })
  const producer = testKafka().producer({
    transactionalId: uniqueName('txn'),
    idempotent: true,
    maxInFlightRequests: 1,
  })
  await Promise.all([gateway.start(), producer.connect()])
  try {
    const transaction = await producer.transaction()
    await transaction.send({ topic: growing, messages: [record(901)] })
    await transaction.commit()
    await eventually(async () => {
      const [found] = await admin.fetchOffsets({ groupId: group, topics: [growing] })
      expect(found?.partitions).toMatchObject([{ offset: '2' }])
    })
    await admin.createPartitions({ topicPartitions: [{ topic: growing, count: 2 }] })
    await eventually(() => sendRecords(growing, [{ ...record(902), partition: 1 }]))
    await eventually(async () => expect(await jobsInLog()).toContain('job-902'), 15_000)
  } finally {
    await Promise.all([gateway.stop(), producer.disconnect(), admin.disconnect()])
  }
})
