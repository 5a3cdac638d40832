import { type AccessPolicy, accessPolicy, accessVariables } from '@headwater/access'
import { type PartitionRules, parseAuthorityAliases, parsePartitionRules } from '@headwater/lineage'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** The environment is wrong. The message names every variable that is, never its value. */
class ConfigError extends Error {
  readonly code = 'INVALID_CONFIG'
  readonly retryable = false
}

/** Every variable the API reads, with its default. */
export const configSchema = Type.Object({
  API_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  API_AUTHORITY_ALIASES: Type.String({ default: '' }),
  API_PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65_535 }),
  /** As the gateway has it, so that partitions are found by the names that clients give them. */
  GATEWAY_TRIM_PARTITIONS: Type.String({ default: '' }),
  CLICKHOUSE_URL: Type.String({ default: 'http://127.0.0.1:8123', pattern: '^https?://' }),
  CLICKHOUSE_USER: Type.String({ default: 'default' }),
  CLICKHOUSE_PASSWORD: Type.String({ default: '' }),
  CLICKHOUSE_DATABASE: Type.String({ default: 'headwater', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  ...accessVariables,
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' }),
})

export type ApiConfig = Readonly<Static<typeof configSchema>> & {
  readonly access: AccessPolicy
  readonly trim: PartitionRules
}

/** @throws ConfigError that names every variable that is wrong */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): ApiConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in configSchema.properties && value !== ''),
  )
  const config = Value.Convert(configSchema, Value.Default(configSchema, given))
  const errors = [...Value.Errors(configSchema, config)]
  const variables = config as Omit<ApiConfig, 'access' | 'trim'>
  const access = accessPolicy(variables, variables.API_HOST)
  const lines = errors.map((error) => `${error.instancePath.slice(1)} ${allowed(error)}`)
  if (!areAliases(given['API_AUTHORITY_ALIASES'] ?? '')) lines.push(`API_AUTHORITY_ALIASES ${aliasForm}`)
  const trim = trimOf(given['GATEWAY_TRIM_PARTITIONS'] ?? '', lines)
  if (access.kind === 'refused') throw configError([...lines, ...access.problems])
  if (lines.length > 0) throw configError(lines)
  return Object.freeze({ ...variables, access, trim })
}

const configError = (lines: readonly string[]) =>
  new ConfigError(`Invalid configuration: ${[...new Set(lines)].join('; ')}`)

const aliasForm =
  'must be from=to, comma separated, e.g. postgres://10.0.0.5=postgres://analytics,snowflake://=snowflake://org-acct'

function trimOf(text: string, problems: string[]): PartitionRules {
  try {
    return parsePartitionRules(text)
  } catch {
    problems.push('GATEWAY_TRIM_PARTITIONS must be beginnings of asset keys, comma separated, such as s3://lake/, or *')
    return []
  }
}

function areAliases(text: string): boolean {
  try {
    parseAuthorityAliases(text)
    return true
  } catch {
    return false
  }
}

const allowed = ({ message, params }: { readonly message: string; readonly params: object }): string =>
  'allowedValues' in params && Array.isArray(params.allowedValues)
    ? `must be one of ${params.allowedValues.join(', ')}`
    : message
