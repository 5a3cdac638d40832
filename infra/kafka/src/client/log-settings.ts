import { connectSchemaRegistry, type EventSchemaRegistry } from '@headwater/schemas'
import { type Static, Type } from 'typebox'
import type { TopicOptions } from '../topics/ensure-topics.ts'
import { kafkaVariables } from './kafka-variables.ts'

const variables = Type.Object(kafkaVariables)
type LogSettings = Readonly<Static<typeof variables>>

type RegistrySettings = Pick<
  LogSettings,
  'SCHEMA_REGISTRY_URL' | 'SCHEMA_REGISTRY_USERNAME' | 'SCHEMA_REGISTRY_PASSWORD'
>

/** The schema registry of the configuration. Empty user name and password mean no authentication. */
export const registryOf = (settings: RegistrySettings): EventSchemaRegistry =>
  connectSchemaRegistry({
    url: settings.SCHEMA_REGISTRY_URL,
    username: settings.SCHEMA_REGISTRY_USERNAME || undefined,
    password: settings.SCHEMA_REGISTRY_PASSWORD || undefined,
  })

/** The topics of the configuration, and the settings to create them with. */
export const topicsOf = (settings: LogSettings): TopicOptions => ({
  events: settings.PROJECTOR_TOPIC,
  deadLetters: settings.PROJECTOR_DEAD_LETTERS_TOPIC,
  partitions: settings.KAFKA_TOPIC_PARTITIONS,
  replication: settings.KAFKA_TOPIC_REPLICATION,
  create: settings.KAFKA_CREATE_TOPICS,
  check:
    settings.KAFKA_TOPIC_CHECK === 'off'
      ? undefined
      : { refuses: settings.KAFKA_TOPIC_CHECK === 'refuse', bootstrapServer: settings.KAFKA_BROKERS },
})
