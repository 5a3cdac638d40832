import { kafkaVariables } from '@headwater/kafka'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ProjectorError } from './errors.ts'

/** Every variable the projector reads, with its default. */
export const configSchema = Type.Object({
  ...kafkaVariables,
  CLICKHOUSE_URL: Type.String({ default: 'http://127.0.0.1:8123', pattern: '^https?://' }),
  CLICKHOUSE_USER: Type.String({ default: 'default' }),
  CLICKHOUSE_PASSWORD: Type.String({ default: '' }),
  CLICKHOUSE_DATABASE: Type.String({ default: 'headwater', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  PROJECTOR_GROUP: Type.String({ default: 'headwater-projector', minLength: 1 }),
  PROJECTOR_BATCH_RECORDS: Type.Integer({
    default: 50_000,
    minimum: 1,
    description: 'Most records stored at once, but for those of one fetch',
  }),
  PROJECTOR_SESSION_TIMEOUT_MS: Type.Integer({ default: 30_000, minimum: 6_000 }),
  PROJECTOR_KEEP_HISTORY: Type.String({
    default: '',
    pattern: '^$|^[1-9][0-9]{0,4}[dw]$',
    description: 'How long history is kept one by one, e.g. 90d; empty keeps all of it',
  }),
  PROJECTOR_METRICS_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  PROJECTOR_METRICS_PORT: Type.Integer({ default: 9464, minimum: 0, maximum: 65_535 }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' }),
})

export type ProjectorConfig = Readonly<Static<typeof configSchema>>

/** @throws ProjectorError INVALID_CONFIG that names every variable that is wrong, never its value */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): ProjectorConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in configSchema.properties && value !== ''),
  )
  const config = Value.Convert(configSchema, Value.Default(configSchema, given))
  const errors = [...Value.Errors(configSchema, config)]
  if (errors.length > 0) {
    const lines = errors.map((error) => `${error.instancePath.slice(1)} ${error.message}`)
    throw new ProjectorError('INVALID_CONFIG', `Invalid configuration: ${[...new Set(lines)].join('; ')}`, {
      retryable: false,
    })
  }
  return Object.freeze(config as ProjectorConfig)
}
