import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  clickHouseLogin,
  clickHouseProblems,
  clickHouseVariables,
  type Environment,
  readVariables,
} from '@headwater/config'
import { groupVariables, kafkaVariables, withNames } from '@headwater/kafka/variables'
import { type Static, Type } from 'typebox'
import { CliError } from './cli-error.ts'

const port = (preset: number) => Type.Integer({ default: preset, minimum: 1, maximum: 65_535 })
const url = Type.Optional(Type.String({ pattern: '^https?://' }))

/** Every variable that commands read, with its default. A part whose address is set is used at that address, not started. */
export const configSchema = Type.Object({
  HEADWATER_HOME: Type.Optional(Type.String({ minLength: 1, description: 'Directory of data, logs and state' })),
  HEADWATER_API_URL: url,
  GATEWAY_URL: url,
  HEADWATER_API_KEY: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]+$', description: 'Sent to the API' })),
  HEADWATER_KEYS_FILE: Type.Optional(
    Type.String({ minLength: 1, description: 'Default: keys.json in HEADWATER_HOME' }),
  ),
  ...kafkaVariables,
  KAFKA_BROKERS: Type.Optional(Type.String({ minLength: 1, description: 'Comma separated host:port' })),
  SCHEMA_REGISTRY_URL: url,
  ...groupVariables,
  GATEWAY_OPENLINEAGE_TOPIC: Type.String({ default: 'openlineage.events' }),
  GATEWAY_MAX_RECORD_BYTES: Type.Integer({ default: 1_000_000, minimum: 1_024 }),
  ...clickHouseVariables,
  CLICKHOUSE_URL: url,
  API_PORT: port(8080),
  KAFKA_PORT: port(9092),
  REGISTRY_PORT: port(8081),
  CLICKHOUSE_PORT: port(8123),
  PROJECTOR_METRICS_PORT: port(9464),
  GATEWAY_PORT: port(8090),
})

export type CliConfig = Readonly<Omit<Static<typeof configSchema>, 'HEADWATER_HOME'> & { HEADWATER_HOME: string }>

const around = fileURLToPath(new URL('../../../', import.meta.url))

/** The clone of the repository that this command is part of; undefined where it was installed alone. */
export const repositoryRoot = existsSync(join(around, 'infra', 'local', 'package.json')) ? around : undefined

/** How to start what does not answer, for messages. */
export const startHint = `Start it with: npm start${repositoryRoot === undefined ? ' (in a clone of the Headwater repository)' : ''}`

/** @param what cannot be done without, as the subject of the sentence @throws CliError NOT_INSTALLED outside of a clone */
export function requireClone(what: string): string {
  if (repositoryRoot !== undefined) return repositoryRoot
  const remedy =
    'in a clone run npm start, or docker compose up --wait; other commands work with --api or HEADWATER_API_URL'
  throw new CliError(
    'NOT_INSTALLED',
    `${what} needs a clone of the Headwater repository, this is the command line alone: ${remedy}`,
  )
}

/** Takes a login out of CLICKHOUSE_URL, since addresses are printed. */
function splitLogin(
  values: Pick<Static<typeof configSchema>, 'CLICKHOUSE_URL' | 'CLICKHOUSE_USER' | 'CLICKHOUSE_PASSWORD'>,
) {
  if (values.CLICKHOUSE_URL === undefined) return {}
  const { url, username, password } = clickHouseLogin({ ...values, CLICKHOUSE_URL: values.CLICKHOUSE_URL })
  return { CLICKHOUSE_URL: url, CLICKHOUSE_USER: username, CLICKHOUSE_PASSWORD: password }
}

/** @throws CliError INVALID_CONFIG that names every invalid variable, never its value */
export function loadConfig(env: Environment): CliConfig {
  const { values, problems: found } = readVariables(configSchema, withNames(env), ['GATEWAY_OPENLINEAGE_TOPIC'])
  const { CLICKHOUSE_URL } = values
  const problems =
    CLICKHOUSE_URL === undefined ? found : [...found, ...clickHouseProblems({ ...values, CLICKHOUSE_URL })]
  if (problems.length > 0) throw new CliError('INVALID_CONFIG', `Invalid environment: ${problems.join('; ')}`)
  return Object.freeze({
    ...values,
    ...splitLogin(values),
    HEADWATER_HOME: resolve(values.HEADWATER_HOME ?? join(repositoryRoot ?? homedir(), '.headwater')),
  })
}
