import { connectSchemaRegistry, createDecoder, type HeadwaterEvent, schemaIdOf } from '@headwater/schemas'
import { eventually, testKafka, testStack, uniqueName } from '@headwater/testing'

export type ReadRecord = {
  readonly key: string | undefined
  readonly partition: number
  readonly event: HeadwaterEvent
}

/** The records of a topic, in the order of each partition, once there are at least `count`. */
export async function readTopic(topic: string, count: number, stack = testStack()): Promise<readonly ReadRecord[]> {
  const raw: { key: string | undefined; partition: number; value: Buffer }[] = []
  const consumer = testKafka(stack).consumer({ groupId: uniqueName('reader') })
  await consumer.connect()
  try {
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ partition, message: { key, value } }) => {
        raw.push({ key: key?.toString(), partition, value: value ?? Buffer.alloc(0) })
      },
    })
    await eventually(() => {
      if (raw.length < count) throw new Error(`${raw.length} of ${count} records were read`)
    }, 30_000)
  } finally {
    await consumer.disconnect()
  }
  return decoded(raw)
}

async function decoded(raw: readonly { key: string | undefined; partition: number; value: Buffer }[]) {
  const registry = connectSchemaRegistry({ url: testStack().schemaRegistryUrl })
  const decoder = createDecoder()
  for (const id of new Set(raw.map(({ value }) => schemaIdOf(value)))) decoder.learn(id, await registry.schemaOf(id))
  return raw.map(({ key, partition, value }) => ({ key, partition, event: decoder.decode(value) }))
}
