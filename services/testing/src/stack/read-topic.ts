import type { LogRecord } from '@headwater/projector'
import type { IHeaders, Kafka } from 'kafkajs'
import { uniqueName } from './unique-name.ts'

export type TopicRecord = LogRecord & { readonly headers: IHeaders }

/** Every record that a topic has now, partition by partition, in order. */
export async function readTopic(kafka: Kafka, topic: string): Promise<readonly TopicRecord[]> {
  const admin = kafka.admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  const filled = ends.filter(({ low, high }) => low !== high)
  return readTopicTo(kafka, topic, new Map(filled.map(({ partition, high }) => [partition, Number(high)])))
}

/** The records of a topic before an offset of each partition, in order, and perhaps some after it. Waits until it has read that far. */
export async function readTopicTo(
  kafka: Kafka,
  topic: string,
  ends: ReadonlyMap<number, number>,
): Promise<readonly TopicRecord[]> {
  const left = new Map(ends)
  if (left.size === 0) return []
  const byPartition = new Map<number, TopicRecord[]>([...left.keys()].map((partition) => [partition, []]))
  const consumer = kafka.consumer({ groupId: uniqueName('read'), maxBytesPerPartition: 4 << 20 })
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error)
      })
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
        if (Number(lastOffset) + 1 >= (left.get(partition) ?? 0)) left.delete(partition) // also at the end of a transaction
        if (left.size === 0) resolve()
      })
      const running = consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch: { partition, messages } }) => {
          const records = byPartition.get(partition)
          for (const { offset, key, value, timestamp, headers = {} } of messages) {
            if (Number(offset) <= (records?.at(-1)?.offset ?? -1)) continue // read again after a rebalance
            records?.push({
              topic,
              partition,
              offset: Number(offset),
              key,
              value,
              recordedAt: Number(timestamp),
              headers,
            })
          }
        },
      })
      running.catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return [...byPartition.values()].flat()
}
