import kafkajs, { type Kafka, type SASLOptions } from 'kafkajs'
import type { CliConfig } from '../config.ts'

/** A client that fails within seconds, since a person waits for it. */
export function connectKafka(config: CliConfig, brokers: string): Kafka {
  const sasl = saslOf(config)
  return new kafkajs.Kafka({
    clientId: 'headwater-cli',
    brokers: brokers.split(','),
    ssl: config.KAFKA_SSL,
    ...(sasl === undefined ? {} : { sasl }),
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
  })
}

/** How to log in to Kafka; undefined where no login is needed. */
export function saslOf(config: CliConfig): SASLOptions | undefined {
  if (config.KAFKA_SASL_MECHANISM === '') return undefined
  const credentials = { username: config.KAFKA_USERNAME, password: config.KAFKA_PASSWORD }
  return { mechanism: config.KAFKA_SASL_MECHANISM, ...credentials } as SASLOptions
}
