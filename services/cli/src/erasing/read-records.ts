import { randomUUID } from 'node:crypto'
import type { LogRecord } from '@headwater/kafka'
import { readRetryHeaders } from '@headwater/kafka'
import type { Admin, Kafka } from 'kafkajs'

const silenceMs = 60_000

/** Passes every record that a topic has now to `onRecords`, batch by batch, those of a partition in order. */
export async function readRecords(
  kafka: Kafka,
  admin: Admin,
  topic: string,
  onRecords: (records: readonly LogRecord[]) => Promise<void>,
): Promise<void> {
  const ends = new Map<number, number>()
  for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
    if (Number(high) > Number(low)) ends.set(partition, Number(high))
  if (ends.size === 0) return
  const groupId = `headwater-cli-${randomUUID()}`
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 })
  let failing: NodeJS.Timeout | undefined
  try {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      const stop = () => reject(new Error(`${topic} cannot be read to its end`))
      failing = setTimeout(stop, silenceMs)
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      const eachBatch = async ({ batch, heartbeat }: { batch: Batch; heartbeat: () => Promise<void> }) => {
        failing?.refresh()
        const { partition } = batch
        const end = ends.get(partition)
        if (end === undefined) return
        const records = batch.messages.map((message) => recordOf(topic, partition, message))
        await onRecords(records.filter(({ offset }) => offset < end)).catch(reject)
        await heartbeat()
        if (Number(batch.lastOffset()) >= end - 1) ends.delete(partition)
        if (ends.size === 0) resolve()
      }
      consumer.run({ autoCommit: false, eachBatch }).catch(reject)
    })
  } finally {
    clearTimeout(failing)
    await consumer.disconnect()
    await admin.deleteGroups([groupId]).catch(() => undefined) // Kafka deletes an empty group later anyway
  }
}

type Batch = import('kafkajs').Batch

const recordOf = (topic: string, partition: number, message: Batch['messages'][number]): LogRecord => ({
  ...{ topic, partition, offset: Number(message.offset), key: message.key, value: message.value },
  recordedAt: Number(message.timestamp),
  retry: readRetryHeaders(Object.entries(message.headers ?? {})),
})
