import { ensureTopics, retryUntilDone, type TopicOptions, translateKafkaErrors } from '@headwater/kafka'
import { type EventSchemaRegistry, type SchemaIds, SchemaRegistryError } from '@headwater/schemas'
import type { Kafka } from 'kafkajs'
import type { Logger } from 'pino'

export type PrepareOptions = {
  readonly kafka: Kafka
  readonly registry: Pick<EventSchemaRegistry, 'register'>
  readonly topics: TopicOptions
  readonly logger: Logger
  readonly signal: AbortSignal
}

/**
 * Creates missing topics, as the projector does, and registers the schemas. Waits for Kafka and the registry to become available.
 * @throws KafkaError, SchemaRegistryError when a retry cannot succeed, or not before a person changes something
 */
export async function prepareLog({ kafka, registry, topics, logger, signal }: PrepareOptions): Promise<SchemaIds> {
  const onRetry = (error: Error, delayMs: number) => logger.warn({ reason: error.message, delayMs }, 'Waiting to retry')
  await retryUntilDone(() => translateKafkaErrors(() => createTopics(kafka, topics)), { signal, onRetry })
  const isFinal = (error: unknown) => error instanceof SchemaRegistryError && error.isLasting
  return retryUntilDone(() => registry.register(topics.events, (text) => logger.warn(text)), {
    ...{ signal, onRetry, isFinal },
  })
}

async function createTopics(kafka: Kafka, topics: TopicOptions): Promise<void> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    await ensureTopics(admin, topics)
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
