import { randomUUID } from 'node:crypto'
import type { Admin, Consumer, Kafka, KafkaMessage } from 'kafkajs'

/** Reading fails after this long without a record. */
const silenceMs = 20_000

/**
 * Passes every record that a topic has now to `onRecord`, those of a partition in order. Reads in a consumer group of its own, and
 * deletes it afterwards.
 * @throws Error of kafkajs, of type UNKNOWN_TOPIC_OR_PARTITION when the topic does not exist
 */
export async function readTopic(kafka: Kafka, topic: string, onRecord: (message: KafkaMessage) => void): Promise<void> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    const ends = await endsOf(admin, topic)
    if (ends.size > 0) await readUntil(kafka, admin, topic, ends, onRecord)
  } finally {
    await admin.disconnect()
  }
}

/** The offset after the last record of each partition that has any. */
async function endsOf(admin: Admin, topic: string): Promise<Map<number, number>> {
  const offsets = await admin.fetchTopicOffsets(topic)
  return new Map(
    offsets.flatMap(({ partition, low, high }) => (Number(high) > Number(low) ? [[partition, Number(high)]] : [])),
  )
}

async function readUntil(
  kafka: Kafka,
  admin: Admin,
  topic: string,
  ends: Map<number, number>,
  onRecord: (message: KafkaMessage) => void,
): Promise<void> {
  const groupId = `headwater-cli-${randomUUID()}`
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 })
  try {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consume(consumer, topic, ends, onRecord)
  } finally {
    await consumer.disconnect()
    await admin.deleteGroups([groupId]).catch(() => undefined) // Kafka deletes an empty group later anyway
  }
}

async function consume(
  consumer: Consumer,
  topic: string,
  ends: Map<number, number>,
  onRecord: (message: KafkaMessage) => void,
): Promise<void> {
  const { promise, resolve, reject } = deferred()
  const failing = setTimeout(() => reject(new Error(`${topic} cannot be read to its end`)), silenceMs)
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
  try {
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        failing.refresh()
        const end = ends.get(batch.partition)
        if (end === undefined) return
        for (const message of batch.messages) if (Number(message.offset) < end) onRecord(message)
        if (Number(batch.lastOffset()) >= end - 1) ends.delete(batch.partition)
        if (ends.size === 0) resolve()
      },
    })
    await promise
  } finally {
    clearTimeout(failing)
  }
}

function deferred() {
  let resolve: () => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  promise.catch(() => undefined) // it may reject before it is awaited
  return { promise, resolve, reject }
}
