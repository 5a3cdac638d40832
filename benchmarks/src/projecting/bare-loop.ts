import type { StackAddresses } from '@headwater/local'
import { connectSchemaRegistry, createDecoder, schemaIdOf } from '@headwater/schemas'
import { testKafka, uniqueName } from '@headwater/testing'

/** Reads and decodes the whole topic and does nothing else. @returns events a second, from when it may fetch to the last batch */
export async function bareLoop(stack: StackAddresses, topic: string, count: number): Promise<number> {
  const registry = connectSchemaRegistry({ url: stack.schemaRegistryUrl })
  const decoder = createDecoder()
  const fetching = { maxBytesPerPartition: 4 << 20, maxWaitTimeInMs: 100 }
  const consumer = testKafka(stack).consumer({ groupId: uniqueName('bare'), ...fetching })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  let seen = 0
  let startedAt = 0
  consumer.on(consumer.events.GROUP_JOIN, () => {
    startedAt ||= performance.now()
  })
  const elapsedMs = await new Promise<number>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        partitionsConsumedConcurrently: 1_000,
        async eachBatch({ batch }) {
          for (const { value } of batch.messages) {
            if (value === null) continue
            const id = schemaIdOf(value)
            if (!decoder.knows(id)) decoder.learn(id, await registry.schemaOf(id))
            decoder.decode(value)
            seen++
          }
          if (seen >= count) resolve(performance.now() - startedAt)
        },
      })
      .catch(reject)
  })
  await consumer.disconnect()
  return count / (elapsedMs / 1_000)
}
