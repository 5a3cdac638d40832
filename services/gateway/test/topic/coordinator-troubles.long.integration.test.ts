import { createTestTopic, eventually, sendRecords, startKafkaProxy, testKafka, uniqueName } from '@headwater/testing'
import { expect, it, onTestFinished } from 'vitest'
import { openLineageRun } from '../events/open-lineage-run.ts'
import { consume } from './consuming.ts'

const record = (job: string) => ({ key: null, value: Buffer.from(JSON.stringify(openLineageRun(job))) })

// https://kafka.apache.org/protocol#protocol_error_codes
const troubles = {
  COORDINATOR_LOAD_IN_PROGRESS: 14,
  COORDINATOR_NOT_AVAILABLE: 15,
  NOT_COORDINATOR: 16,
  UNKNOWN_MEMBER_ID: 25,
  REBALANCE_IN_PROGRESS: 27,
}

it('goes on when the coordinator of its group moved, loads, is away or forgot it', async () => {
  const [topic, proxy] = await Promise.all([createTestTopic(), startKafkaProxy()])
  onTestFinished(() => proxy.close())
  const consumer = consume(topic, { kafka: proxy.kafka })
  const expected: string[] = []
  for (const [name, code] of Object.entries(troubles)) {
    await sendRecords(topic, [record(`before ${name}`)])
    expected.push(`before ${name}`)
    await eventually(() => expect(new Set(consumer.stored)).toEqual(new Set(expected)), 90_000)
    const before = proxy.spoilt
    proxy.spoilAll({ request: 'heartbeat', code })
    await eventually(() => expect(proxy.spoilt).toBeGreaterThan(before), 60_000)
    await sendRecords(topic, [record(`during ${name}`)])
    expected.push(`during ${name}`)
    proxy.spoilAll(undefined)
  }
  await eventually(() => expect(new Set(consumer.stored)).toEqual(new Set(expected)), 90_000)
  await eventually(() => expect(consumer.status.now.state).toBe('consuming'), 60_000)
  expect(consumer.stalls).toBe(0)
}, 400_000)

it('says that no coordinator is found, and consumes once one is', async () => {
  const [topic, proxy] = await Promise.all([createTestTopic(), startKafkaProxy()])
  onTestFinished(() => proxy.close())
  proxy.spoilAll({ request: 'findCoordinator', code: troubles.COORDINATOR_NOT_AVAILABLE })
  const consumer = consume(topic, { kafka: proxy.kafka })
  await eventually(() => expect(consumer.status.problem).toMatch(/^retrying since .*coordinator/i), 120_000)
  proxy.spoilAll(undefined)
  await sendRecords(topic, [record('after')])
  await eventually(() => expect(consumer.stored).toEqual(['after']), 90_000)
  expect(consumer.status.problem).toBeUndefined()
}, 240_000)

it('waits for a topic that is deleted under it, and reads the one that is created then', async () => {
  const topic = await createTestTopic()
  const consumer = consume(topic)
  await sendRecords(topic, [record('old')])
  await eventually(() => expect(consumer.stored).toEqual(['old']), 60_000)
  const admin = testKafka().admin()
  await admin.connect()
  onTestFinished(() => admin.disconnect())
  await admin.deleteTopics({ topics: [topic] })
  await eventually(() => expect(consumer.status.problem).toContain(`topic ${topic} does not exist`), 120_000)
  await eventually(() => admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true }))
  await eventually(() => sendRecords(topic, [record(uniqueName('new'))]), 60_000)
  await eventually(() => expect(consumer.stored).toHaveLength(2), 90_000)
  expect(consumer.status.now.state).toBe('consuming')
}, 300_000)
