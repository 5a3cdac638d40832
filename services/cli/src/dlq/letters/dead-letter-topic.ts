import { registryOf } from '@headwater/kafka'
import type { EventSchemaRegistry } from '@headwater/schemas'
import type { Kafka } from 'kafkajs'
import type { CliConfig } from '../../config.ts'
import { connectKafka } from '../../log/connect-kafka.ts'
import { findAddresses } from '../../stack/find-addresses.ts'

/** The clients and topics of commands about dead letters. Nothing is connected yet. */
export type DeadLetterTopic = {
  readonly kafka: Kafka
  readonly topic: string
  /** The log. A dead letter from another topic is an OpenLineage event, which the gateway consumes. */
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
