import { connectSchemaRegistry, createDecoder, type HeadwaterEvent, schemaIdOf } from '@headwater/schemas'
import { eventually, testKafka, testStack, uniqueName } from '@headwater/testing'

/** The events of a topic by position, as `topic:partition:offset`, once every offset until now is read. */
export async function readLog(topic: string, stack = testStack()): Promise<ReadonlyMap<string, HeadwaterEvent>> {
  const kafka = testKafka(stack)
  const admin = kafka.admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  const count = ends.reduce((sum, { high }) => sum + Number(high), 0)
  const raw = new Map<string, Buffer>()
  const consumer = kafka.consumer({ groupId: uniqueName('reader') })
  await consumer.connect()
  try {
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ partition, message: { offset, value } }) => {
        raw.set(`${topic}:${partition}:${offset}`, value ?? Buffer.alloc(0))
      },
    })
    await eventually(() => {
      if (raw.size < count) throw new Error(`${raw.size} of ${count} records were read`)
    }, 60_000)
  } finally {
    await consumer.disconnect()
  }
  return decoded(raw)
}

async function decoded(raw: ReadonlyMap<string, Buffer>): Promise<ReadonlyMap<string, HeadwaterEvent>> {
  const registry = connectSchemaRegistry({ url: testStack().schemaRegistryUrl })
  const decoder = createDecoder()
  for (const id of new Set([...raw.values()].map(schemaIdOf))) decoder.learn(id, await registry.schemaOf(id))
  return new Map([...raw].map(([position, value]) => [position, decoder.decode(value)]))
}
