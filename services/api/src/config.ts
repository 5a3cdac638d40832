import { type AccessPolicy, accessPolicy, accessVariables } from '@headwater/access'
import {
  ConfigError,
  clickHouseVariables,
  type Environment,
  logLevel,
  readVariables,
  refuseIfWrong,
} from '@headwater/config'
import { parseAuthorityAliases } from '@headwater/lineage'
import { type Static, Type } from 'typebox'

/** Every variable the API reads, with its default. */
export const configSchema = Type.Object({
  API_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  API_AUTHORITY_ALIASES: Type.String({ default: '' }),
  API_PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65_535 }),
  ...clickHouseVariables,
  ...accessVariables,
  LOG_LEVEL: logLevel,
})

export type ApiConfig = Readonly<Static<typeof configSchema>> & { readonly access: AccessPolicy }

/** @throws ConfigError that names every variable that is wrong */
export function loadConfig(env: Environment): ApiConfig {
  const { values, problems } = readVariables(configSchema, env)
  const access = accessPolicy(values, values.API_HOST)
  const wrong = areAliases(values.API_AUTHORITY_ALIASES)
    ? problems
    : [...problems, `API_AUTHORITY_ALIASES ${aliasForm}`]
  if (access.kind === 'refused') throw new ConfigError([...wrong, ...access.problems])
  refuseIfWrong(wrong)
  return Object.freeze({ ...values, access })
}

const aliasForm =
  'must be from=to, comma separated, e.g. postgres://10.0.0.5=postgres://analytics,snowflake://=snowflake://org-acct'

function areAliases(text: string): boolean {
  try {
    parseAuthorityAliases(text)
    return true
  } catch {
    return false
  }
}
