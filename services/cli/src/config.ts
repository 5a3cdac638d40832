import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultDeadLettersTopic, defaultEventsTopic } from '@headwater/schemas'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { CliError } from './cli-error.ts'

const port = (preset: number) => Type.Integer({ default: preset, minimum: 1, maximum: 65_535 })
const url = Type.Optional(Type.String({ pattern: '^https?://' }))

/** Every variable the commands read, with its default. Addresses of parts that are given are used, not started. */
export const configSchema = Type.Object({
  HEADWATER_HOME: Type.Optional(Type.String({ minLength: 1, description: 'Folder of data, logs and state' })),
  HEADWATER_API_URL: url,
  GATEWAY_URL: url,
  HEADWATER_API_KEY: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$', description: 'Sent to the API' })),
  HEADWATER_KEYS_FILE: Type.Optional(
    Type.String({ minLength: 1, description: 'Default: keys.json in HEADWATER_HOME' }),
  ),
  KAFKA_BROKERS: Type.Optional(Type.String({ minLength: 1, description: 'Comma separated host:port' })),
  KAFKA_SSL: Type.Boolean({ default: false }),
  KAFKA_SASL_MECHANISM: Type.Union(
    [Type.Literal(''), Type.Literal('plain'), Type.Literal('scram-sha-256'), Type.Literal('scram-sha-512')],
    { default: '' },
  ),
  KAFKA_USERNAME: Type.String({ default: '' }),
  KAFKA_PASSWORD: Type.String({ default: '' }),
  PROJECTOR_TOPIC: Type.String({ default: defaultEventsTopic, minLength: 1 }),
  PROJECTOR_DEAD_LETTERS_TOPIC: Type.String({ default: defaultDeadLettersTopic, minLength: 1 }),
  GATEWAY_GROUP: Type.String({ default: 'headwater-gateway', minLength: 1 }),
  SCHEMA_REGISTRY_URL: url,
  SCHEMA_REGISTRY_USERNAME: Type.String({ default: '' }),
  SCHEMA_REGISTRY_PASSWORD: Type.String({ default: '' }),
  CLICKHOUSE_URL: url,
  CLICKHOUSE_USER: Type.String({ default: 'default' }),
  CLICKHOUSE_PASSWORD: Type.String({ default: '' }),
  CLICKHOUSE_DATABASE: Type.String({ default: 'headwater', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  API_PORT: port(8080),
  KAFKA_PORT: port(9092),
  REGISTRY_PORT: port(8081),
  CLICKHOUSE_PORT: port(8123),
  PROJECTOR_METRICS_PORT: port(9464),
  GATEWAY_PORT: port(8090),
})

export type CliConfig = Readonly<Omit<Static<typeof configSchema>, 'HEADWATER_HOME'> & { HEADWATER_HOME: string }>

export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url))

/** @throws CliError INVALID_CONFIG that names every variable that is wrong, never its value */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): CliConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => name in configSchema.properties && value !== undefined && value !== '',
    ),
  )
  const config = Value.Convert(configSchema, Value.Default(configSchema, given)) as Static<typeof configSchema>
  const errors = [...Value.Errors(configSchema, config)]
  if (errors.length > 0) {
    const lines = errors.map((error) => `${error.instancePath.slice(1)} ${error.message}`)
    throw new CliError('INVALID_CONFIG', `Invalid environment: ${[...new Set(lines)].join('; ')}`)
  }
  return Object.freeze({
    ...config,
    HEADWATER_HOME: resolve(config.HEADWATER_HOME ?? join(repositoryRoot, '.headwater')),
  })
}
