import { type AccessPolicy, accessPolicy, accessVariables } from '@headwater/access'
import { kafkaVariables } from '@headwater/kafka'
import { type PartitionRules, parsePartitionRules } from '@headwater/lineage'
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
  ...kafkaVariables,
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
  } catch {
    problems.push('GATEWAY_TRIM_PARTITIONS must be beginnings of asset keys, comma separated, such as s3://lake/, or *')
    return []
  }
}
