import { type AccessPolicy, accessPolicy, accessVariables } from '@headwater/access'
import {
  ConfigError,
  clickHouseProblems,
  clickHouseVariables,
  type Environment,
  guardRules,
  guardVariables,
  logLevel,
  partitionRules,
  partitionVariables,
  readVariables,
  throwIfInvalid,
} from '@headwater/config'
import type { GuardRules } from '@headwater/http/guard'
import { type AuthorityRule, type PartitionRules, parseAuthorityRules } from '@headwater/lineage'
import { type Static, Type } from 'typebox'

/** Every environment variable that the API reads, with its default. */
export const configSchema = Type.Object({
  API_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  API_AUTHORITY_ALIASES: Type.String({ default: '' }),
  API_COSTLY_AT_ONCE: Type.Integer({ default: 4, minimum: 1, maximum: 1_000 }),
  API_COSTLY_WAITING: Type.Integer({ default: 16, minimum: 0, maximum: 10_000 }),
  API_DEADLINE_MS: Type.Integer({ default: 20_000, minimum: 1_000, maximum: 600_000 }),
  API_MAX_EVENT_LOOP_DELAY_MS: Type.Integer({ default: 2_000, minimum: 0, maximum: 60_000 }),
  API_PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65_535 }),
  ...partitionVariables, // same as in the gateway, so that keys of partitions resolve to their tables
  ...clickHouseVariables,
  ...accessVariables,
  ...guardVariables,
  LOG_LEVEL: logLevel,
})

export type ApiConfig = Readonly<Static<typeof configSchema>> & {
  readonly access: AccessPolicy
  readonly guard: GuardRules
  readonly authorityAliases: readonly AuthorityRule[]
  readonly trim: PartitionRules
}

/** @throws ConfigError that names every invalid variable */
export function loadConfig(env: Environment): ApiConfig {
  const { values, problems } = readVariables(configSchema, env)
  const access = accessPolicy(values, values.API_HOST)
  const wrong = [...problems, ...clickHouseProblems(values)]
  const guard = guardRules(values, { listensOn: values.API_HOST, isOpen: access.kind === 'open' }, wrong)
  const authorityAliases = authorityAliasesOf(values.API_AUTHORITY_ALIASES, wrong)
  const trim = partitionRules(values, wrong)
  if (access.kind === 'refused') throw new ConfigError([...wrong, ...access.problems])
  throwIfInvalid(wrong)
  return Object.freeze({ ...values, access, guard, authorityAliases, trim })
}

const aliasForm =
  'must be from=to, several separated by commas, e.g. postgres://10.0.0.5=postgres://analytics,snowflake://=snowflake://org-acct'

function authorityAliasesOf(text: string, problems: string[]): readonly AuthorityRule[] {
  try {
    return parseAuthorityRules(text)
  } catch {
    problems.push(`API_AUTHORITY_ALIASES ${aliasForm}`)
    return []
  }
}
