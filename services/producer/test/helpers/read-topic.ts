import type { HeadwaterEvent } from '@headwater/schemas'
import { decodeValues, eventually, testKafka, testStack, uniqueName } from '@headwater/testing'

export type ReadRecord = {
  readonly key: string | undefined
  readonly partition: number
  readonly event: HeadwaterEvent
}

/** The records of a topic, in the order of each partition, once there are at least `count`. */
export async function readTopic(topic: string, count: number, stack = testStack()): Promise<readonly ReadRecord[]> {
  const raw: { key: string | undefined; partition: number; value: Buffer | null }[] = []
  const consumer = testKafka(stack).consumer({ groupId: uniqueName('reader') })
  await consumer.connect()
  try {
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ partition, message: { key, value } }) => {
        raw.push({ key: key?.toString(), partition, value })
      },
    })
    await eventually(() => {
      if (raw.length < count) throw new Error(`${raw.length} of ${count} records were read`)
    }, 30_000)
  } finally {
    await consumer.disconnect()
  }
  const events = await decodeValues(raw.map(({ value }) => value))
  return raw.map(({ key, partition }, index) => ({ key, partition, event: events[index]! }))
}
