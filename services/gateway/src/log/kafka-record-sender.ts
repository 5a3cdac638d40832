import type { Position } from '@headwater/kafka'
import kafkajs, { type ICustomPartitioner, type Kafka, type Message, type Producer } from 'kafkajs'
import { type RecordSender, RecordTooLarge } from './record-sender.ts'

type SentMessage = Message & { partitionChosen?: number }

// Holds: a connection that failed is thrown away, so each attempt starts with what the cluster says of itself now.
// Retries are left to the caller, who knows how long they are worth it.

/** Sends batches to a topic that exists, acknowledged by all replicas. */
export function createKafkaRecordSender(kafka: Kafka, topic: string): RecordSender {
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
        throw cause
      }
    },
    close: () => disconnect().catch(() => undefined),
  }
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: rememberingPartitioner,
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

/** Chooses as every producer does, by the key, and leaves on the message what it chose. */
const rememberingPartitioner: ICustomPartitioner = () => {
  const choose = kafkajs.Partitioners.DefaultPartitioner()
  return (args) => {
    const partition = choose(args)
    ;(args.message as SentMessage).partitionChosen = partition
    return partition
  }
}

/** The records of a partition are stored one after the other, in the order in which they were given. */
function positionsOf(
  topic: string,
  messages: readonly SentMessage[],
  stored: readonly { readonly partition: number; readonly baseOffset?: string }[],
): readonly Position[] {
  const next = new Map(stored.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]))
  return messages.map(({ partitionChosen: partition = -1 }) => {
    const offset = next.get(partition)
    if (offset === undefined || !(offset >= 0)) throw new Error(`Kafka tells no offset of partition ${partition}`)
    next.set(partition, offset + 1)
    return { topic, partition, offset }
  })
}

const tooLarge = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'])

function isTooLarge(error: unknown): boolean {
  const { type = '', cause } = error as { type?: string; cause?: unknown }
  return tooLarge.has(type) || (cause instanceof Error && isTooLarge(cause))
}
