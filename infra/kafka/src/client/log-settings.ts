import { type Environment, readTlsFiles, readVariables, rereadTlsFiles, throwIfInvalid } from '@headwater/config'
import { connectSchemaRegistry, type EventSchemaRegistry } from '@headwater/schemas'
import { type Static, Type } from 'typebox'
import type { TopicOptions } from '../topics/ensure-topics.ts'
import { kafkaVariables } from './kafka-variables.ts'

const variables = Type.Object(kafkaVariables)
type LogSettings = Readonly<Static<typeof variables>>

type RegistrySettings = Pick<LogSettings, Extract<keyof LogSettings, `SCHEMA_REGISTRY_${string}`>>

/** The schema registry of the configuration. Empty user name and password mean no authentication. */
export const registryOf = (settings: RegistrySettings): EventSchemaRegistry =>
  connectSchemaRegistry({
    url: settings.SCHEMA_REGISTRY_URL,
    username: settings.SCHEMA_REGISTRY_USERNAME || undefined,
    password: settings.SCHEMA_REGISTRY_PASSWORD || undefined,
    tls: rereadTlsFiles('SCHEMA_REGISTRY', settings),
  })

/** One sentence for each variable of the registry that names a file that cannot be used. */
export function registryTlsProblems(settings: RegistrySettings): readonly string[] {
  const problems: string[] = []
  readTlsFiles('SCHEMA_REGISTRY', settings, problems)
  return problems
}

/** The same of an environment. @throws ConfigError */
export function readRegistry(env: Environment): EventSchemaRegistry {
  const { values, problems } = readVariables(variables, env)
  throwIfInvalid(problems)
  return registryOf(values)
}

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
