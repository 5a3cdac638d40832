import { join, resolve } from 'node:path'
import {
  clickHouseProblems,
  clickHouseVariables,
  type Environment,
  readVariables,
  throwIfInvalid,
} from '@headwater/config'
import { kafkaAccessProblems, kafkaAccessVariables } from '@headwater/kafka'
import { type Static, Type } from 'typebox'

const url = (fallback: string) => Type.String({ default: fallback, pattern: '^https?://' })

const { CLICKHOUSE_DATABASE: _, ...clickHouse } = clickHouseVariables

/** Every variable the demo reads, with its default. */
const configSchema = Type.Object({
  KAFKA_BROKERS: Type.String({ default: '127.0.0.1:9092', minLength: 1, description: 'Comma separated host:port' }),
  ...kafkaAccessVariables,
  SCHEMA_REGISTRY_URL: url('http://127.0.0.1:8081/apis/ccompat/v7'),
  ...clickHouse,
  HEADWATER_API_URL: url('http://127.0.0.1:8080'),
  HEADWATER_API_KEY: Type.String({ default: '', pattern: '^[\\x21-\\x7e]*$', description: 'Sent to the API' }),
  HEADWATER_HOME: Type.String({ default: '.headwater', description: 'Files are written to its directory demo' }),
})

export type DemoConfig = Readonly<Static<typeof configSchema>> & { readonly folder: string }

/** @throws ConfigError that names every invalid variable, never its value */
export function loadConfig(env: Environment): DemoConfig {
  const { values, problems } = readVariables(configSchema, env)
  throwIfInvalid([...problems, ...clickHouseProblems(values), ...kafkaAccessProblems(values)])
  return {
    ...values,
    HEADWATER_API_URL: values.HEADWATER_API_URL.replace(/\/+$/, ''),
    folder: join(resolve(values.HEADWATER_HOME), 'demo'),
  }
}
