import type { StackAddresses } from '@headwater/local'
import { type ClickHouseLogin, findClickHouseLogin as loginOfHome } from '@headwater/local/home'
import type { ApiAccess } from '../api/api-client.ts'
import type { CliConfig } from '../config.ts'
import { findStack } from './running-stack.ts'

// Each address is that of the command line, else that of the environment, else that of the running stack, else the default port of
// this machine.

const registryPath = '/apis/ccompat/v7'

export const apiUrlOf = (config: CliConfig) => `http://127.0.0.1:${config.API_PORT}`
export const gatewayUrlOf = (config: CliConfig) => `http://127.0.0.1:${config.GATEWAY_PORT}`

export async function findAddresses(config: CliConfig): Promise<StackAddresses> {
  const found = await findStack(config.HEADWATER_HOME)
  const running = found?.situation === 'running' ? found.state.addresses : undefined
  return {
    kafkaBrokers: config.KAFKA_BROKERS ?? running?.kafkaBrokers ?? `127.0.0.1:${config.KAFKA_PORT}`,
    schemaRegistryUrl:
      config.SCHEMA_REGISTRY_URL ??
      running?.schemaRegistryUrl ??
      `http://127.0.0.1:${config.REGISTRY_PORT}${registryPath}`,
    clickhouseUrl: config.CLICKHOUSE_URL ?? running?.clickhouseUrl ?? `http://127.0.0.1:${config.CLICKHOUSE_PORT}`,
  }
}

/** The login for ClickHouse: that of the environment, else that of the home, where the stack of the home runs ClickHouse itself. */
export async function findClickHouseLogin(config: CliConfig): Promise<ClickHouseLogin> {
  const { HEADWATER_HOME: home, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD } = config
  const given = { username: CLICKHOUSE_USER, password: CLICKHOUSE_PASSWORD }
  if (config.CLICKHOUSE_URL !== undefined) return given
  const found = await findStack(home)
  const isElsewhere = found?.situation === 'running' && !found.state.parts.some(({ name }) => name === 'clickhouse')
  return isElsewhere ? given : (loginOfHome(home, { CLICKHOUSE_USER, CLICKHOUSE_PASSWORD }) ?? given)
}

/** @param option the value of --api */
export const findApiUrl = (config: CliConfig, option?: string): Promise<string> =>
  findUrl(config, option ?? config.HEADWATER_API_URL, 'api', apiUrlOf(config))

/** @param option the value of --gateway */
export const findGatewayUrl = (config: CliConfig, option?: string): Promise<string> =>
  findUrl(config, option ?? config.GATEWAY_URL, 'gateway', gatewayUrlOf(config))

/** The API, with the key to send to it. */
export const findApi = async (config: CliConfig, option?: string): Promise<ApiAccess> => ({
  baseUrl: await findApiUrl(config, option),
  apiKey: config.HEADWATER_API_KEY,
})

async function findUrl(
  config: CliConfig,
  given: string | undefined,
  part: 'api' | 'gateway',
  fallback: string,
): Promise<string> {
  if (given !== undefined) return given.replace(/\/+$/, '')
  return (await findStack(config.HEADWATER_HOME))?.state.urls[part] ?? fallback
}
