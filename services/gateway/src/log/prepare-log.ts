import { ensureTopics, retryUntilDone, type TopicOptions, translateKafkaErrors } from '@headwater/kafka'
import type { EventSchemaRegistry, SchemaIds } from '@headwater/schemas'
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
 * Sees to the topics, as a projector does, and registers the schemas; waits for Kafka and the registry where they are away.
 * @throws KafkaError, SchemaRegistryError: what waiting cannot mend
 */
export async function prepareLog({ kafka, registry, topics, logger, signal }: PrepareOptions): Promise<SchemaIds> {
  const onRetry = (error: Error, delayMs: number) =>
    logger.warn({ reason: error.message, delayMs }, 'Waiting to try again')
  await retryUntilDone(() => translateKafkaErrors(() => createTopics(kafka, topics)), { signal, onRetry })
  return retryUntilDone(() => registry.register(topics.events), { signal, onRetry })
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
