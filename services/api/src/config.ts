import { type AccessPolicy, accessPolicy, accessVariables } from '@headwater/access'
import {
  ConfigError,
  clickHouseVariables,
  type Environment,
  logLevel,
  readVariables,
  refuseIfWrong,
} from '@headwater/config'
import { type PartitionRules, parseAuthorityAliases, parsePartitionRules } from '@headwater/lineage'
import { type Static, Type } from 'typebox'

/** Every variable the API reads, with its default. */
export const configSchema = Type.Object({
  API_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  API_AUTHORITY_ALIASES: Type.String({ default: '' }),
  API_PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65_535 }),
  /** As the gateway has it, so that partitions are found by the names that clients give them. */
  GATEWAY_TRIM_PARTITIONS: Type.String({ default: '' }),
  ...clickHouseVariables,
  ...accessVariables,
  LOG_LEVEL: logLevel,
})

export type ApiConfig = Readonly<Static<typeof configSchema>> & {
  readonly access: AccessPolicy
  readonly trim: PartitionRules
}

/** @throws ConfigError that names every variable that is wrong */
export function loadConfig(env: Environment): ApiConfig {
  const { values, problems } = readVariables(configSchema, env)
  const access = accessPolicy(values, values.API_HOST)
  const wrong = [...problems]
  if (!areAliases(values.API_AUTHORITY_ALIASES)) wrong.push(`API_AUTHORITY_ALIASES ${aliasForm}`)
  const trim = trimOf(values.GATEWAY_TRIM_PARTITIONS, wrong)
  if (access.kind === 'refused') throw new ConfigError([...wrong, ...access.problems])
  refuseIfWrong(wrong)
  return Object.freeze({ ...values, access, trim })
}

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
