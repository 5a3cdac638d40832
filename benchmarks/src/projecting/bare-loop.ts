import type { StackAddresses } from '@headwater/local'
import { connectSchemaRegistry, createDecoder, schemaIdOf } from '@headwater/schemas'
import { testKafka, uniqueName } from '@headwater/testing'
import type { FilledTopic } from './fill-topic.ts'
import type { Measured } from './measured.ts'

/** Reads and decodes the whole topic with kafkajs and avsc and does nothing else: from when it may fetch to the last batch. */
export async function bareLoop(stack: StackAddresses, { topic, events }: FilledTopic): Promise<Measured> {
  const registry = connectSchemaRegistry({ url: stack.schemaRegistryUrl })
  const decoder = createDecoder()
  const fetching = { maxBytesPerPartition: 4 << 20, maxWaitTimeInMs: 100 }
  const consumer = testKafka(stack).consumer({ groupId: uniqueName('bare'), ...fetching })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  let seen = 0
  let began: { readonly at: number; readonly cpu: NodeJS.CpuUsage } | undefined
  consumer.on(consumer.events.GROUP_JOIN, () => {
    began ??= { at: performance.now(), cpu: process.cpuUsage() }
  })
  const measured = await new Promise<Measured>((resolve, reject) => {
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
          if (seen < events || began === undefined) return
          const { user, system } = process.cpuUsage(began.cpu)
          const seconds = (performance.now() - began.at) / 1_000
          resolve({ eventsPerSecond: events / seconds, cpuMicros: (user + system) / events })
        },
      })
      .catch(reject)
  })
  await consumer.disconnect()
  return measured
}
