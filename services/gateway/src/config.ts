import { type AccessPolicy, accessPolicy, accessVariables } from '@headwater/access'
import {
  ConfigError,
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
import { groupVariables, kafkaAccessProblems, kafkaVariables, registryTlsProblems, withNames } from '@headwater/kafka'
import type { PartitionRules } from '@headwater/lineage'
import { type Static, Type } from 'typebox'

/** The variables that the gateway reads, with their defaults. */
export const configSchema = Type.Object({
  GATEWAY_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  GATEWAY_PORT: Type.Integer({ default: 8090, minimum: 0, maximum: 65_535 }),
  GATEWAY_MAX_BODY_BYTES: Type.Integer({ default: 16_777_216, minimum: 1_024 }),
  GATEWAY_MAX_RECORD_BYTES: Type.Integer({ default: 1_000_000, minimum: 1_024 }),
  GATEWAY_MAX_QUEUED_BYTES: Type.Integer({ default: 67_108_864, minimum: 1_048_576 }),
  GATEWAY_MAX_QUEUED_EVENTS: Type.Integer({ default: 20_000, minimum: 1 }),
  GATEWAY_DEADLINE_MS: Type.Integer({ default: 4_000, minimum: 100, maximum: 60_000 }),
  GATEWAY_OPENLINEAGE_TOPIC: Type.String({ default: 'openlineage.events', pattern: '^[A-Za-z0-9._-]*$' }),
  ...partitionVariables,
  GATEWAY_GROUP: groupVariables.GATEWAY_GROUP,
  ...kafkaVariables,
  ...accessVariables,
  ...guardVariables,
  LOG_LEVEL: logLevel,
})

export type GatewayConfig = Readonly<Static<typeof configSchema>> & {
  readonly access: AccessPolicy
  readonly guard: GuardRules
  readonly trim: PartitionRules
}

/** @throws ConfigError that names every invalid variable */
export function loadConfig(env: Environment): GatewayConfig {
  const { values, problems } = readVariables(configSchema, withNames(env), ['GATEWAY_OPENLINEAGE_TOPIC'])
  const access = accessPolicy(values, values.GATEWAY_HOST)
  const found = [...problems, ...kafkaAccessProblems(values), ...registryTlsProblems(values)]
  const guard = guardRules(values, { listensOn: values.GATEWAY_HOST, isOpen: access.kind === 'open' }, found)
  const trim = partitionRules(values, found)
  if (access.kind === 'refused') throw new ConfigError([...found, ...access.problems])
  throwIfInvalid(found)
  return Object.freeze({ ...values, access, guard, trim })
}
