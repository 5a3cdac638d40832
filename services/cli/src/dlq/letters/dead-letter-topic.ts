import { registryOf } from '@headwater/kafka'
import type { EventSchemaRegistry } from '@headwater/schemas'
import type { Kafka } from 'kafkajs'
import type { CliConfig } from '../../config.ts'
import { connectKafka } from '../../log/connect-kafka.ts'
import { findAddresses } from '../../stack/find-addresses.ts'

/** What commands about dead letters talk to. Nothing is connected yet. */
export type DeadLetterTopic = {
  readonly kafka: Kafka
  readonly topic: string
  /** The log. What was refused elsewhere is an OpenLineage event, which the gateway takes. */
  readonly eventsTopic: string
  readonly registry: EventSchemaRegistry
}

export async function findDeadLetterTopic(config: CliConfig): Promise<DeadLetterTopic> {
  const { kafkaBrokers, schemaRegistryUrl } = await findAddresses(config)
  return {
    kafka: connectKafka(config, kafkaBrokers),
    topic: config.PROJECTOR_DEAD_LETTERS_TOPIC,
    eventsTopic: config.PROJECTOR_TOPIC,
    registry: registryOf({ ...config, SCHEMA_REGISTRY_URL: schemaRegistryUrl }),
  }
}
