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

const { CompressionTypes, Kafka, logLevel, Partitioners } = kafkajs

export type KafkaTransportOptions = {
  /** host:port, one or more of the cluster's. */
  readonly brokers: readonly string[]
  readonly schemaRegistryUrl: string
  readonly schemaRegistryAuth?: { readonly username: string; readonly password: string }
  /** Must exist: it is never created here. Default headwater.events. */
  readonly topic?: string
  /** Default headwater-producer. */
  readonly clientId?: string
  readonly ssl?: NonNullable<KafkaConfig['ssl']>
  readonly sasl?: NonNullable<KafkaConfig['sasl']>
  /** Default none: gzip halves the rate. */
  readonly compression?: 'none' | 'gzip'
  /** Default 10,000. */
  readonly requestTimeoutMs?: number
  /** Connections close after this long without events, and open again by themselves. Default 2,000. */
  readonly idleDisconnectMs?: number
}

// Holds: connections are opened by the first send and thrown away after a failed one, so each attempt starts with a
// fresh producer id; a batch is one idempotent send with acks from all replicas.
// A connection of kafkajs 2.2.4 wakes every millisecond and keeps the process alive, hence the idle disconnect:
// https://github.com/tulios/kafkajs/issues/1751

/** Sends events to Kafka as Avro records, keyed so that the events of a run, or of an asset, keep their order. */
export function kafkaTransport(options: KafkaTransportOptions): Transport {
  const { topic = defaultEventsTopic, idleDisconnectMs = 2_000 } = options
  const compression = options.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None
  const registry = lazily(() => registryOf(options))
  const schemaIds = remembered(() => registry().register(topic))
  let connection: Promise<KafkaProducer> | undefined
  let idle: NodeJS.Timeout | undefined

  const disconnect = async () => {
    clearTimeout(idle)
    const closing = connection
    connection = undefined
    await (await closing)?.disconnect()
  }
  const disconnectUnheard = () => void disconnect().catch(() => {})

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
        disconnectUnheard()
        throw kafkaFailure(cause, topic, options.brokers)
      }
      idle = setTimeout(disconnectUnheard, idleDisconnectMs).unref()
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
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 2 },
  })
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
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

function registryOf({ schemaRegistryUrl: url, schemaRegistryAuth: auth }: KafkaTransportOptions): EventSchemaRegistry {
  return connectSchemaRegistry({ url, username: auth?.username, password: auth?.password })
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** The first result that does not fail, from then on. */
function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: T | undefined
  return async () => {
    known ??= await ask()
    return known
  }
}
