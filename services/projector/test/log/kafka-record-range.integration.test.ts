import { correctFetches } from '@headwater/kafka'
import { createTestTopic, eventually, sendRecords, testKafka, uniqueName } from '@headwater/testing'
import { CompressionTypes, type KafkaMessage } from 'kafkajs'
import { expect, it } from 'vitest'
import { recordRangeOf } from '../../src/log/kafka-record-range.ts'

correctFetches({ wholeBatches: true })

const records = [
  { key: 'a', value: Buffer.from('one') },
  { key: null, value: Buffer.from('two'), headers: { trace: 'x', more: Buffer.alloc(200, 1) } },
  { key: 'c', value: null },
  { key: '', value: Buffer.alloc(0) },
]

/** Messages as a consumer gets them, once they reach to `lastOffset`. */
async function messagesOf(topic: string, lastOffset: number): Promise<readonly KafkaMessage[]> {
  const consumer = testKafka().consumer({ groupId: uniqueName('reader') })
  const found: KafkaMessage[] = []
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({ eachBatch: async ({ batch }) => void found.push(...batch.messages) })
  await eventually(() => expect(Number(found.at(-1)?.offset)).toBe(lastOffset))
  await consumer.disconnect()
  return found
}

it('reads what was sent out of whole batches, compressed or not, from any offset on', async () => {
  const topic = await createTestTopic()
  await sendRecords(topic, records)
  const producer = testKafka().producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const before = Date.now()
  await producer.send({ topic, acks: -1, compression: CompressionTypes.GZIP, messages: records })
  await producer.disconnect()

  const messages = await messagesOf(topic, records.length * 2 - 1)
  expect(messages).toHaveLength(2)
  const sent = [...records, ...records].map(({ key, value }, offset) => ({
    offset,
    key: key === null ? null : Buffer.from(key),
    value,
  }))
  for (let from = 0; from < sent.length; from++) {
    const range = recordRangeOf({ topic, partition: 0 }, messages, from)
    const read = [...(range?.records ?? [])]
    expect(read.map(({ offset, key, value }) => ({ offset, key, value }))).toEqual(sent.slice(from))
    expect(range?.lastOffset).toBe(sent.length - 1)
    expect([...(range?.records ?? [])]).toHaveLength(read.length)
  }
  const last = [...(recordRangeOf({ topic, partition: 0 }, messages, sent.length - 1)?.records ?? [])].at(-1)
  expect(last?.recordedAt).toBeGreaterThanOrEqual(before - 1_000)
  expect(last?.recordedAt).toBeLessThanOrEqual(Date.now() + 1_000)
  expect(recordRangeOf({ topic, partition: 0 }, messages, sent.length)).toBeUndefined()
})

it('takes the time at which each record was recorded from the topic', async () => {
  const topic = uniqueName('created')
  const admin = testKafka().admin()
  await admin.connect()
  const configEntries = [{ name: 'message.timestamp.type', value: 'CreateTime' }]
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 1, configEntries }] })
  await admin.disconnect()
  const producer = testKafka().producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const times = [1_700_000_000_000, 1_600_000_000_000, 1_700_000_000_001]
  const messages = times.map((time) => ({ value: Buffer.from('v'), timestamp: String(time) }))
  await producer.send({ topic, acks: -1, messages })
  await producer.disconnect()
  const range = recordRangeOf({ topic, partition: 0 }, await messagesOf(topic, 2), 0)
  expect([...(range?.records ?? [])].map(({ recordedAt }) => recordedAt)).toEqual(times)
})

it('reads of records in whole batches which record they repeat, whatever other headers there are', async () => {
  const topic = await createTestTopic()
  const producer = testKafka().producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const retry = { 'headwater-retry-of': 'a.b:0:7', 'headwater-recorded-at': '1768478400000' }
  const sent = [
    { value: 'none' },
    { value: 'others', headers: { trace: Buffer.alloc(300, 1), empty: '' } },
    { value: null, headers: { trace: 'x', ...retry, more: 'y' } },
    { key: 'k', value: 'malformed', headers: { 'headwater-recorded-at': 'yesterday' } },
    { value: 'last', headers: retry },
  ]
  await producer.send({ topic, acks: -1, messages: sent })
  await producer.disconnect()
  const range = recordRangeOf({ topic, partition: 0 }, await messagesOf(topic, sent.length - 1), 0)
  const expected = { of: 'a.b:0:7', recordedAt: 1768478400000 }
  const read = [...(range?.records ?? [])]
  expect(read.map((record) => record.retry)).toEqual([undefined, undefined, expected, undefined, expected])
  expect(read.map(({ value }) => value?.toString() ?? null)).toEqual(sent.map(({ value }) => value))
})
