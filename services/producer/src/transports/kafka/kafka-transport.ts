import {
  connectSchemaRegistry,
  defaultEventsTopic,
  type EventSchemaRegistry,
  encodeEvent,
  messageKey,
  type SchemaIds,
} from '@headwater/schemas'
import kafkajs, { type KafkaConfig, type Producer as KafkaProducer } from 'kafkajs'
import type { Transport } from '../transport.ts'
import { kafkaFailure } from './kafka-failure.ts'
import type { KafkaSasl, KafkaTls } from './kafka-security.ts'

const { CompressionTypes, Kafka, logLevel, Partitioners } = kafkajs

export type KafkaTransportOptions = {
  /** `host:port` of one or more brokers of the cluster. */
  readonly brokers: readonly string[]
  readonly schemaRegistryUrl: string
  readonly schemaRegistryAuth?: { readonly username: string; readonly password: string }
  /** PEM texts for a registry with its own authority, or that asks for a client certificate. */
  readonly schemaRegistryTls?: {
    readonly ca?: string
    readonly cert?: string
    readonly key?: string
    readonly passphrase?: string
  }
  /** Must exist: the transport never creates it. Default `headwater.events`. */
  readonly topic?: string
  /** Default `headwater-producer`. */
  readonly clientId?: string
  readonly ssl?: KafkaTls
  readonly sasl?: KafkaSasl
  /** Default `none`: gzip halves the throughput. */
  readonly compression?: 'none' | 'gzip'
  /** Timeout of one request in milliseconds. Default 10,000. */
  readonly requestTimeoutMs?: number
  /** Connections close after this many milliseconds without events; the next send opens them again. Default 2,000. */
  readonly idleDisconnectMs?: number
}

// Holds: the first send opens connections and a failed one discards them, so each attempt has a fresh producer id; a batch is one idempotent
// send that all replicas acknowledge.
// A connection of kafkajs 2.2.4 wakes every millisecond and keeps the process alive, hence the idle disconnect:
// https://github.com/tulios/kafkajs/issues/1751

/**
 * Sends events to Kafka as Avro records. The events of a run, or of an asset outside of runs, keep their order.
 * @example
 * const transport = kafkaTransport({
 *   brokers: ['localhost:9092'],
 *   schemaRegistryUrl: 'http://localhost:8081/apis/ccompat/v7',
 * })
 */
export function kafkaTransport(options: KafkaTransportOptions): Transport {
  const { topic = defaultEventsTopic, idleDisconnectMs = 2_000 } = options
  const compression = options.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None
  const registry = lazily(() => registryOf(options))
  const schemaIds = cached(() => registry().register(topic))
  let connection: Promise<KafkaProducer> | undefined
  let idle: NodeJS.Timeout | undefined

  const disconnect = async () => {
    clearTimeout(idle)
    const closing = connection
    connection = undefined
    await (await closing)?.disconnect()
  }
  const disconnectInBackground = () => void disconnect().catch(() => {})

  return {
    async send(events) {
      clearTimeout(idle)
      try {
        const ids: SchemaIds = await schemaIds()
        const messages = events.map((event) => ({ key: messageKey(event), value: encodeEvent(event, ids) }))
        connection ??= connect(options)
        const producer = await connection
        await producer.send({ topic, acks: -1, compression, messages })
      } catch (cause) {
        disconnectInBackground()
        throw kafkaFailure(cause, topic, options.brokers)
      }
      idle = setTimeout(disconnectInBackground, idleDisconnectMs).unref()
    },
    close: disconnect,
  }
}

async function connect(options: KafkaTransportOptions): Promise<KafkaProducer> {
  const { brokers, clientId = 'headwater-producer', ssl, sasl, requestTimeoutMs = 10_000 } = options
  const kafka = new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    requestTimeout: requestTimeoutMs,
    logLevel: logLevel.NOTHING,
    ...(ssl === undefined ? {} : { ssl: ssl as NonNullable<KafkaConfig['ssl']> }),
    ...(sasl === undefined ? {} : { sasl: sasl as NonNullable<KafkaConfig['sasl']> }),
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 2 },
  })
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    metadataMaxAge: 3_000, // partitions may be added; the default is 5 minutes
    maxInFlightRequests: 1,
    retry: { retries: 2 },
  })
  try {
    await producer.connect()
    return producer
  } catch (error) {
    await producer.disconnect().catch(() => {})
    throw error
  }
}

function registryOf(options: KafkaTransportOptions): EventSchemaRegistry {
  const { schemaRegistryUrl: url, schemaRegistryAuth: auth, schemaRegistryTls: tls } = options
  const reading = tls === undefined ? {} : { tls: () => tls }
  return connectSchemaRegistry({ url, username: auth?.username, password: auth?.password, ...reading })
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** Caches the first result of `load` that does not fail. */
function cached<T>(load: () => Promise<T>): () => Promise<T> {
  let known: T | undefined
  return async () => {
    known ??= await load()
    return known
  }
}
