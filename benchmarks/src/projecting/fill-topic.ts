import type { StackAddresses } from '@headwater/local'
import { connectSchemaRegistry, eventsTopicConfig } from '@headwater/schemas'
import { createTestTopic, testKafka } from '@headwater/testing'
import type { Workload } from './workload.ts'

const chunk = 2_000

export type FilledTopic = {
  readonly topic: string
  readonly events: number
  /** How many of them are about runs. */
  readonly runs: number
  /** Of a record's value, on average. */
  readonly bytes: number
}

/** A new topic of six partitions with `events` records. @param codec by which the broker compresses them, as its own codecs do */
export async function fillTopic(
  stack: StackAddresses,
  workload: Workload,
  events: number,
  codec = 'producer',
): Promise<FilledTopic> {
  const topic = await createTestTopic(6, stack)
  await setCompression(stack, topic, codec)
  const messageAt = workload.prepare(await connectSchemaRegistry({ url: stack.schemaRegistryUrl }).register(topic))
  const producer = testKafka(stack).producer({ allowAutoTopicCreation: false })
  await producer.connect()
  let [bytes, runs] = [0, 0]
  for (let start = 0; start < events; start += chunk) {
    const messages = Array.from({ length: Math.min(chunk, events - start) }, (_, index) => messageAt(start + index))
    bytes += messages.reduce((sum, { value }) => sum + value.length, 0)
    runs += messages.filter(({ isRun }) => isRun).length
    await producer.send({ topic, acks: -1, messages: messages.map(({ key, value }) => ({ key, value })) })
  }
  await producer.disconnect()
  return { topic, events, runs, bytes: bytes / events }
}

async function setCompression(stack: StackAddresses, topic: string, codec: string): Promise<void> {
  const admin = testKafka(stack).admin()
  await admin.connect()
  const configEntries = Object.entries({ ...eventsTopicConfig, 'compression.type': codec }).map(([name, value]) => ({
    ...{ name, value },
  }))
  await admin.alterConfigs({ validateOnly: false, resources: [{ type: topicResource, name: topic, configEntries }] })
  await admin.disconnect()
}

const topicResource = 2
