import type { HeadwaterEvent } from '@headwater/schemas'
import { decodeValues, readTopic, testKafka, testStack } from '@headwater/testing'

/** The events that a topic has now, by position as `topic:partition:offset`. */
export async function readLog(topic: string, stack = testStack()): Promise<ReadonlyMap<string, HeadwaterEvent>> {
  const records = await readTopic(testKafka(stack), topic)
  const events = await decodeValues(records.map(({ value }) => value))
  return new Map(records.map(({ partition, offset }, index) => [`${topic}:${partition}:${offset}`, events[index]!]))
}
