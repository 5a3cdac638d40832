import { formatPosition, registryOf } from '@headwater/kafka'
import { encodeEvent, type HeadwaterEvent, messageKey } from '@headwater/schemas'
import kafkajs, { type Kafka } from 'kafkajs'
import { CliError } from '../cli-error.ts'
import { type CliConfig, startHint } from '../config.ts'
import { connectKafka } from '../log/connect-kafka.ts'
import { kafkaReason } from '../log/kafka-reason.ts'

export type SendOptions = {
  readonly config: CliConfig
  readonly brokers: string
  readonly schemaRegistryUrl: string
}

const chunkSize = 1_000

/**
 * Sends events, acknowledged by all replicas.
 * @returns the last position in each partition, as topic:partition:offset
 * @throws CliError NOT_REACHABLE | REFUSED
 */
export async function sendEvents(events: readonly HeadwaterEvent[], options: SendOptions): Promise<readonly string[]> {
  const { config, brokers, schemaRegistryUrl } = options
  const topic = config.PROJECTOR_TOPIC
  const kafka = connectKafka(config, brokers)
  const partitionOf = await createPartitionOf(kafka, topic, brokers)
  const registry = registryOf({ ...config, SCHEMA_REGISTRY_URL: schemaRegistryUrl })
  const ids = await registry.register(topic).catch((cause: Error & { retryable?: boolean }) => {
    throw new CliError(cause.retryable ? 'NOT_REACHABLE' : 'REFUSED', `${cause.message}. ${startHint}`, { cause })
  })
  const messages = events.map((event) => {
    const key = messageKey(event)
    return { key, value: encodeEvent(event, ids), partition: partitionOf(key) }
  })
  return sendMessages(kafka, topic, messages)
}

type Message = { readonly key: string; readonly value: Buffer; readonly partition: number }

async function sendMessages(kafka: Kafka, topic: string, messages: readonly Message[]): Promise<readonly string[]> {
  const producer = kafka.producer({ allowAutoTopicCreation: false, idempotent: true, maxInFlightRequests: 1 })
  const last = new Map<number, number>()
  try {
    await producer.connect()
    for (let start = 0; start < messages.length; start += chunkSize) {
      const chunk = messages.slice(start, start + chunkSize)
      for (const { partition, baseOffset } of await producer.send({ topic, acks: -1, messages: chunk })) {
        const count = chunk.filter((message) => message.partition === partition).length
        last.set(partition, Number(baseOffset) + count - 1)
      }
    }
  } catch (cause) {
    const sent = last.size === 0 ? 'No event was' : `Only events up to ${positions(topic, last).join(',')} were`
    throw new CliError('NOT_REACHABLE', `${sent} sent: ${kafkaReason(cause)}`, { cause })
  } finally {
    await producer.disconnect()
  }
  return positions(topic, last)
}

const positions = (topic: string, last: ReadonlyMap<number, number>) =>
  [...last].sort(([a], [b]) => a - b).map(([partition, offset]) => formatPosition({ topic, partition, offset }))

/** Chooses partitions as every producer does. Done here to know how many records went to each. */
async function createPartitionOf(kafka: Kafka, topic: string, brokers: string): Promise<(key: string) => number> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    const partitionMetadata = topics[0]?.partitions ?? []
    const choose = kafkajs.Partitioners.DefaultPartitioner()
    return (key) => choose({ topic, partitionMetadata, message: { key, value: null } })
  } catch (cause) {
    if ((cause as { type?: string }).type === 'UNKNOWN_TOPIC_OR_PARTITION') {
      throw new CliError('REFUSED', `Topic ${topic} not found; the projector creates it. ${startHint}`, { cause })
    }
    throw new CliError('NOT_REACHABLE', `Kafka at ${brokers} does not answer: ${kafkaReason(cause)}. ${startHint}`, {
      cause,
    })
  } finally {
    await admin.disconnect()
  }
}
