import { correctFetches } from '@headwater/kafka'
import type { StackAddresses } from '@headwater/local'
import {
  connectSchemaRegistry,
  encodeEvent,
  eventsTopicConfig,
  type HeadwaterEvent,
  messageKey,
} from '@headwater/schemas'
import { Kafka, logLevel } from 'kafkajs'
import { eventually } from '../eventually.ts'
import { testStack } from './test-stack.ts'
import { uniqueName } from './unique-name.ts'

/** A client of the tests' broker that does not log what it retries. */
export function testKafka(stack: StackAddresses = testStack()): Kafka {
  correctFetches()
  return new Kafka({
    clientId: 'headwater-test',
    brokers: stack.kafkaBrokers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: 60 },
  })
}

/** Creates a topic with the settings of the event log. @returns its name */
export async function createTestTopic(partitions = 1, stack: StackAddresses = testStack()): Promise<string> {
  const topic = uniqueName('test')
  const admin = testKafka(stack).admin()
  await admin.connect()
  const configEntries = Object.entries(eventsTopicConfig).map(([name, value]) => ({ name, value }))
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: partitions, configEntries }] })
  // The client's own wait fails while the broker has not heard of the topic yet.
  await eventually(async () => {
    const [found] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics
    if (found?.partitions.some(({ leader }) => leader < 0)) throw new Error(`A partition of ${topic} has no leader yet`)
  })
  await admin.disconnect()
  return topic
}

/** Sends events as a producer does. @returns the position of the last record by partition, as `topic:partition:offset` texts */
export async function sendEvents(
  topic: string,
  events: readonly HeadwaterEvent[],
  stack: StackAddresses = testStack(),
): Promise<readonly string[]> {
  const ids = await connectSchemaRegistry({ url: stack.schemaRegistryUrl }).register(topic)
  const messages = events.map((event) => ({ key: messageKey(event), value: encodeEvent(event, ids) }))
  return sendRecords(topic, messages, stack)
}

export async function sendRecords(
  topic: string,
  messages: readonly { readonly key: string | null; readonly value: Buffer | null; readonly partition?: number }[],
  stack: StackAddresses = testStack(),
): Promise<readonly string[]> {
  const producer = testKafka(stack).producer({ allowAutoTopicCreation: false })
  await producer.connect()
  try {
    const sent = await producer.send({ topic, acks: -1, messages: [...messages] })
    const counts = new Map<number, number>()
    for (const { partition, baseOffset } of sent) counts.set(partition, Number(baseOffset))
    const admin = testKafka(stack).admin()
    await admin.connect()
    const ends = await admin.fetchTopicOffsets(topic)
    await admin.disconnect()
    return ends
      .filter(({ partition }) => counts.has(partition))
      .map(({ partition, high }) => `${topic}:${partition}:${Number(high) - 1}`)
  } finally {
    await producer.disconnect()
  }
}
