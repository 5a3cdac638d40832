import type { Kafka, KafkaMessage } from 'kafkajs'
import { translateKafkaErrors } from '../errors/translate-kafka-errors.ts'
import { type Broker, clusterOf, type ProtocolRequest } from './kafkajs-cluster.ts'
import {
  decodeMetadataResponse,
  encodeMetadataRequest,
  type KnownTopic,
  metadataApiKey,
  metadataVersion,
} from './metadata-request.ts'

/** Asks brokers which log a topic is. */
export interface LogProbe {
  /** The topic at this moment. @throws KafkaError */
  topic(name: string): Promise<KnownTopic>
  /** What the log holds at each offset and soon after; nothing for a partition whose records there are gone. @throws KafkaError */
  messagesAt(topic: string, offsets: ReadonlyMap<number, number>): Promise<ReadonlyMap<number, readonly KafkaMessage[]>>
  close(): Promise<void>
}

/** Connects at the first question. */
export function createLogProbe(kafka: Kafka): LogProbe {
  const cluster = clusterOf(kafka)
  return {
    topic: (name) =>
      translateKafkaErrors(async () => {
        await cluster.connect()
        return topicOf(await cluster.brokerPool.findConnectedBroker(), name)
      }),
    messagesAt: (topic, offsets) =>
      offsets.size === 0
        ? Promise.resolve(new Map())
        : translateKafkaErrors(() => messagesAt(kafka, topic, offsets), { operation: 'Read', topics: [topic] }),
    close: () => cluster.disconnect(),
  }
}

async function topicOf(broker: Broker, name: string): Promise<KnownTopic> {
  const known = broker.versions?.[metadataApiKey]?.maxVersion ?? 0
  const request = known >= metadataVersion ? requestWithIds(name) : undefined
  if (request === undefined) return { exists: true, id: undefined }
  return broker.connectionPool.send(request)
}

const requestWithIds = (name: string): ProtocolRequest<KnownTopic> => ({
  request: {
    apiKey: metadataApiKey,
    apiVersion: metadataVersion,
    apiName: 'Metadata',
    async encode() {
      const buffer = encodeMetadataRequest(name)
      return { buf: buffer, buffer }
    },
  },
  response: { decode: async (payload) => decodeMetadataResponse(payload), parse: async (topic) => topic },
})

/** A cluster of its own knows the leaders of this moment. */
async function messagesAt(
  kafka: Kafka,
  topic: string,
  offsets: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, readonly KafkaMessage[]>> {
  const cluster = clusterOf(kafka)
  try {
    await cluster.connect()
    await cluster.addTargetTopic(topic)
    const leaders = Object.entries(cluster.findLeaderForPartitions(topic, [...offsets.keys()]))
    const found = leaders.flatMap(([nodeId, partitions]) =>
      partitions.map(async (partition) => {
        const broker = await cluster.findBroker({ nodeId })
        return [partition, await fetchAt(broker, topic, partition, offsets.get(partition) ?? 0)] as const
      }),
    )
    return new Map(await Promise.all(found))
  } finally {
    await cluster.disconnect()
  }
}

async function fetchAt(
  broker: Broker,
  topic: string,
  partition: number,
  offset: number,
): Promise<readonly KafkaMessage[]> {
  const partitions = [{ partition, fetchOffset: String(offset), maxBytes: 1 }] // a whole batch of records at least
  const options = { replicaId: -1, isolationLevel: 0, maxWaitTime: 500, minBytes: 1, maxBytes: 1 } as const
  try {
    const { responses } = await broker.fetch({ ...options, topics: [{ topic, partitions }] })
    return responses[0]?.partitions[0]?.messages ?? []
  } catch (error) {
    if ((error as { type?: string }).type === 'OFFSET_OUT_OF_RANGE') return []
    throw error
  }
}
