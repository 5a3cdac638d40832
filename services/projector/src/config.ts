import {
  clickHouseProblems,
  clickHouseVariables,
  type Environment,
  guardRules,
  guardVariables,
  logLevel,
  readVariables,
  throwIfInvalid,
} from '@headwater/config'
import type { GuardRules } from '@headwater/http/guard'
import { groupVariables, kafkaAccessProblems, kafkaVariables, registryTlsProblems, withNames } from '@headwater/kafka'
import { type Static, Type } from 'typebox'

/** Environment variables of the projector, with their defaults. */
export const configSchema = Type.Object({
  ...kafkaVariables,
  ...clickHouseVariables,
  PROJECTOR_GROUP: groupVariables.PROJECTOR_GROUP,
  PROJECTOR_BATCH_RECORDS: Type.Integer({
    default: 50_000,
    minimum: 1,
    description: 'Maximum number of records per batch; a single fetch may exceed it',
  }),
  PROJECTOR_SESSION_TIMEOUT_MS: Type.Integer({ default: 10_000, minimum: 6_000 }),
  PROJECTOR_KEEP_HISTORY: Type.String({
    default: '',
    pattern: '^$|^[1-9][0-9]{0,4}[dw]$',
    description: 'How long individual runs are kept, e.g. 90d or 12w; empty keeps all history',
  }),
  PROJECTOR_REPLACED_LOG: Type.Enum(['stop', 'start-over'], {
    default: 'stop',
    description: 'When the topic holds another log than the one that the tables were folded from',
  }),
  PROJECTOR_METRICS_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  PROJECTOR_METRICS_PORT: Type.Integer({ default: 9464, minimum: 0, maximum: 65_535 }),
  ALLOWED_HOSTS: guardVariables.ALLOWED_HOSTS,
  LOG_LEVEL: logLevel,
})

export type ProjectorConfig = Readonly<Static<typeof configSchema>> & {
  /** Which requests of web pages the metrics are answered to. */
  readonly guard: GuardRules
}

/** @throws ConfigError naming every invalid variable, never its value */
export function loadConfig(env: Environment): ProjectorConfig {
  const { values, problems } = readVariables(configSchema, withNames(env))
  const found = [
    ...problems,
    ...clickHouseProblems(values),
    ...kafkaAccessProblems(values),
    ...registryTlsProblems(values),
  ]
  const guard = guardRules(values, { listensOn: values.PROJECTOR_METRICS_HOST, isOpen: true }, found)
  throwIfInvalid(found)
  return Object.freeze({ ...values, guard })
}
