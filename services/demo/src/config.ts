import { join, resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** The environment is wrong. The message names every variable that is, never its value. */
class ConfigError extends Error {
  readonly code = 'INVALID_CONFIG'
  readonly retryable = false
}

const url = (fallback: string) => Type.String({ default: fallback, pattern: '^https?://' })

/** Every variable the demo reads, with its default. */
const configSchema = Type.Object({
  KAFKA_BROKERS: Type.String({ default: '127.0.0.1:9092', minLength: 1, description: 'Comma separated host:port' }),
  SCHEMA_REGISTRY_URL: url('http://127.0.0.1:8081/apis/ccompat/v7'),
  CLICKHOUSE_URL: url('http://127.0.0.1:8123'),
  CLICKHOUSE_USER: Type.String({ default: 'default' }),
  CLICKHOUSE_PASSWORD: Type.String({ default: '' }),
  HEADWATER_API_URL: url('http://127.0.0.1:8080'),
  HEADWATER_API_KEY: Type.String({ default: '', pattern: '^[\\x21-\\x7e]*$', description: 'Sent to the API' }),
  HEADWATER_HOME: Type.String({ default: '.headwater', description: 'Files go to its folder demo' }),
})

export type DemoConfig = Readonly<Static<typeof configSchema>> & { readonly folder: string }

/** @throws ConfigError that names every variable that is wrong */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): DemoConfig {
  const given = Object.entries(env).filter(([name, value]) => name in configSchema.properties && value !== '')
  const config = Value.Default(configSchema, Object.fromEntries(given))
  const errors = Value.Errors(configSchema, config)
  if (errors.length > 0) {
    const lines = errors.map(({ instancePath, message }) => `${instancePath.slice(1)} ${message}`)
    throw new ConfigError(`Invalid configuration: ${lines.join('; ')}`)
  }
  const known = config as Static<typeof configSchema>
  return {
    ...known,
    HEADWATER_API_URL: known.HEADWATER_API_URL.replace(/\/+$/, ''),
    folder: join(resolve(known.HEADWATER_HOME), 'demo'),
  }
}
