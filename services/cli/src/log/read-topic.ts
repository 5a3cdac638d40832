import { randomUUID } from 'node:crypto'
import { correctFetches, formatPosition, unreadableOf } from '@headwater/kafka'
import type { Admin, Consumer, Kafka, KafkaMessage } from 'kafkajs'
import { CliError } from '../cli-error.ts'

/** Messages of one partition, in order. */
export type Messages = { readonly partition: number; readonly messages: readonly KafkaMessage[] }

type OnMessages = (messages: Messages) => Promise<void> | void

/** Reading fails after this long without a record, unless the caller needs longer for its records. */
const shortestSilenceMs = 20_000

/**
 * Passes every record that a topic has now to `onMessages`, those of a partition in order. Reads in a consumer group of its own, and
 * deletes it afterwards.
 * @throws Error of kafkajs, of type UNKNOWN_TOPIC_OR_PARTITION when the topic does not exist
 * @throws CliError REFUSED when records cannot be read: a copy without them would look complete
 */
export async function readTopic(
  kafka: Kafka,
  topic: string,
  onMessages: OnMessages,
  silenceMs = shortestSilenceMs,
): Promise<void> {
  correctFetches()
  const admin = kafka.admin()
  try {
    await admin.connect()
    const ends = await endsOf(admin, topic)
    if (ends.size > 0) await readUntil({ kafka, admin, topic, ends, silenceMs }, onMessages)
  } finally {
    await admin.disconnect()
  }
}

/** The offset after the last record of each partition that has any; records of transactions that are still open are not counted. */
async function endsOf(admin: Admin, topic: string): Promise<Map<number, number>> {
  const offsets = await admin.fetchTopicOffsets(topic)
  return new Map(
    offsets.flatMap(({ partition, low, high }) => (Number(high) > Number(low) ? [[partition, Number(high)]] : [])),
  )
}

type Reading = {
  readonly kafka: Kafka
  readonly admin: Admin
  readonly topic: string
  readonly ends: Map<number, number>
  readonly silenceMs: number
}

async function readUntil(reading: Reading, onMessages: OnMessages): Promise<void> {
  const { kafka, admin, topic } = reading
  const groupId = `headwater-cli-${randomUUID()}`
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 })
  try {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consume(consumer, reading, onMessages)
  } finally {
    await consumer.disconnect()
    await admin.deleteGroups([groupId]).catch(() => undefined) // Kafka deletes an empty group later anyway
  }
}

async function consume(consumer: Consumer, { topic, ends, silenceMs }: Reading, onMessages: OnMessages): Promise<void> {
  let failing: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      failing = setTimeout(() => reject(new Error(`${topic} cannot be read to its end`)), silenceMs)
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      // Also of what has no record to deliver, such as the end of a transaction.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
        failing?.refresh()
        if (Number(lastOffset) >= (ends.get(partition) ?? 0) - 1) ends.delete(partition)
        if (ends.size === 0) resolve()
      })
      const eachBatch = async ({ batch: { partition, messages }, heartbeat }: Fetched) => {
        const end = ends.get(partition) ?? 0
        const wanted = messages.filter(({ offset }) => Number(offset) < end)
        await passOn(topic, { partition, messages: wanted }, onMessages).catch(reject)
        await heartbeat()
      }
      consumer.run({ autoCommit: false, eachBatch }).catch(reject)
    })
  } finally {
    clearTimeout(failing)
  }
}

type Fetched = { readonly batch: Messages; readonly heartbeat: () => Promise<void> }

async function passOn(topic: string, fetched: Messages, onMessages: OnMessages): Promise<void> {
  for (const message of fetched.messages) {
    const unreadable = unreadableOf(message)
    const position = formatPosition({ topic, partition: fetched.partition, offset: Number(message.offset) })
    if (unreadable !== undefined) throw new CliError('REFUSED', `Stopped at ${position}. ${unreadable.reason}`)
  }
  if (fetched.messages.length > 0) await onMessages(fetched)
}
