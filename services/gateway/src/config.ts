import { type AccessPolicy, accessPolicy, accessVariables } from '@headwater/access'
import { type PartitionRules, parsePartitionRules } from '@headwater/lineage'
import { defaultDeadLettersTopic, defaultEventsTopic } from '@headwater/schemas'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** The environment is wrong. The message names every variable that is, never its value. */
class ConfigError extends Error {
  readonly code = 'INVALID_CONFIG'
  readonly retryable = false
}

/** Every variable the gateway reads, with its default. */
export const configSchema = Type.Object({
  GATEWAY_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  GATEWAY_PORT: Type.Integer({ default: 8090, minimum: 0, maximum: 65_535 }),
  GATEWAY_MAX_BODY_BYTES: Type.Integer({ default: 16_777_216, minimum: 1_024 }),
  GATEWAY_MAX_RECORD_BYTES: Type.Integer({ default: 1_000_000, minimum: 1_024 }),
  GATEWAY_MAX_QUEUED_BYTES: Type.Integer({ default: 67_108_864, minimum: 1_048_576 }),
  GATEWAY_MAX_QUEUED_EVENTS: Type.Integer({ default: 20_000, minimum: 1 }),
  GATEWAY_DEADLINE_MS: Type.Integer({ default: 4_000, minimum: 100, maximum: 60_000 }),
  GATEWAY_OPENLINEAGE_TOPIC: Type.String({ default: 'openlineage.events', pattern: '^[A-Za-z0-9._-]*$' }),
  GATEWAY_TRIM_PARTITIONS: Type.String({ default: '' }),
  GATEWAY_GROUP: Type.String({ default: 'headwater-gateway', minLength: 1 }),
  KAFKA_BROKERS: Type.String({ default: '127.0.0.1:9092', minLength: 1, description: 'Comma separated host:port' }),
  KAFKA_SSL: Type.Boolean({ default: false }),
  KAFKA_SASL_MECHANISM: Type.Enum(['', 'plain', 'scram-sha-256', 'scram-sha-512'], { default: '' }),
  KAFKA_USERNAME: Type.String({ default: '' }),
  KAFKA_PASSWORD: Type.String({ default: '' }),
  KAFKA_CREATE_TOPICS: Type.Boolean({ default: true, description: 'Create the topics where they are missing' }),
  KAFKA_TOPIC_PARTITIONS: Type.Integer({ default: 6, minimum: 1 }),
  KAFKA_TOPIC_REPLICATION: Type.Integer({ default: 1, minimum: 1 }),
  SCHEMA_REGISTRY_URL: Type.String({ default: 'http://127.0.0.1:8081/apis/ccompat/v7', pattern: '^https?://' }),
  SCHEMA_REGISTRY_USERNAME: Type.String({ default: '' }),
  SCHEMA_REGISTRY_PASSWORD: Type.String({ default: '' }),
  PROJECTOR_TOPIC: Type.String({ default: defaultEventsTopic, minLength: 1 }),
  PROJECTOR_DEAD_LETTERS_TOPIC: Type.String({ default: defaultDeadLettersTopic, minLength: 1 }),
  ...accessVariables,
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' }),
})

export type GatewayConfig = Readonly<Static<typeof configSchema>> & {
  readonly access: AccessPolicy
  readonly trim: PartitionRules
}

/** Variables that mean something when they are empty. */
const mayBeEmpty = new Set(['GATEWAY_OPENLINEAGE_TOPIC'])

/** @throws ConfigError that names every variable that is wrong */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => name in configSchema.properties && (value !== '' || mayBeEmpty.has(name)),
    ),
  )
  const config = Value.Convert(configSchema, Value.Default(configSchema, given))
  const variables = config as Static<typeof configSchema>
  const lines = [...Value.Errors(configSchema, config)].map(
    ({ instancePath, message }) => `${instancePath.slice(1)} ${message}`,
  )
  const access = accessPolicy(variables, variables.GATEWAY_HOST)
  const trim = trimOf(variables.GATEWAY_TRIM_PARTITIONS, lines)
  if (access.kind === 'refused') throw configError([...lines, ...access.problems])
  if (lines.length > 0) throw configError(lines)
  return Object.freeze({ ...variables, access, trim })
}

const configError = (lines: readonly string[]) =>
  new ConfigError(`Invalid configuration: ${[...new Set(lines)].join('; ')}`)

function trimOf(text: string, problems: string[]): PartitionRules {
  try {
    return parsePartitionRules(text)
  } catch (error) {
    problems.push(`GATEWAY_TRIM_PARTITIONS: ${(error as Error).message}`)
    return []
  }
}
