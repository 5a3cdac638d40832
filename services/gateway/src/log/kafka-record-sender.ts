import { type KafkaUse, kafkaErrorOf, metadataMaxAge, type Position } from '@headwater/kafka'
import kafkajs, { type ICustomPartitioner, type Kafka, type Message, type Producer } from 'kafkajs'
import { type RecordSender, RecordTooLarge } from './record-sender.ts'

type SentMessage = Message & { partitionChosen?: number }

// Holds: a failed connection is discarded, so that each attempt starts with fresh cluster metadata.
// Retries are left to the caller, who knows the deadlines.

/** Sends batches to an existing topic, acknowledged by all replicas. @param principal to whom the right to write is granted where it is missing */
export function createKafkaRecordSender(kafka: Kafka, topic: string, principal?: string | undefined): RecordSender {
  const use: KafkaUse = { operation: 'Write', topics: [topic], principal }
  let connection: Promise<Producer> | undefined

  async function disconnect(): Promise<void> {
    const closing = connection
    connection = undefined
    await (await closing)?.disconnect()
  }

  return {
    async send(records) {
      try {
        connection ??= connect(kafka)
        const producer = await connection
        const messages: SentMessage[] = records.map(({ key, value, headers = {} }) => ({ key, value, headers }))
        const stored = await producer.send({ topic, acks: -1, messages })
        return positionsOf(topic, messages, stored)
      } catch (cause) {
        if (isTooLarge(cause)) throw new RecordTooLarge((cause as Error).message, { cause })
        disconnect().catch(() => undefined)
        throw kafkaErrorOf(cause, use)
      }
    },
    close: () => disconnect().catch(() => undefined),
  }
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: recordingPartitioner,
    metadataMaxAge,
    retry: { retries: 0 },
  })
  try {
    await producer.connect()
    return producer
  } catch (error) {
    await producer.disconnect().catch(() => undefined)
    throw error
  }
}

/** kafkajs's default partitioner (by key), which also records the chosen partition on the message. */
const recordingPartitioner: ICustomPartitioner = () => {
  const choose = kafkajs.Partitioners.DefaultPartitioner()
  return (args) => {
    const partition = choose(args)
    ;(args.message as SentMessage).partitionChosen = partition
    return partition
  }
}

/** Kafka answers with the first offset in each partition; the records of a partition are stored consecutively, in the order given. */
function positionsOf(
  topic: string,
  messages: readonly SentMessage[],
  stored: readonly { readonly partition: number; readonly baseOffset?: string }[],
): readonly Position[] {
  const next = new Map(stored.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]))
  return messages.map(({ partitionChosen: partition = -1 }) => {
    const offset = next.get(partition)
    if (offset === undefined || !(offset >= 0)) throw new Error(`Kafka returned no offset for partition ${partition}`)
    next.set(partition, offset + 1)
    return { topic, partition, offset }
  })
}

const tooLarge = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'])

function isTooLarge(error: unknown): boolean {
  const { type = '', cause } = error as { type?: string; cause?: unknown }
  return tooLarge.has(type) || (cause instanceof Error && isTooLarge(cause))
}
