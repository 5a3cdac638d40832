import type { StackAddresses } from '@headwater/local'
import type { CliConfig } from '../config.ts'
import { findStack } from './running-stack.ts'

const registryPath = '/apis/ccompat/v7'

/** Where the parts are: as the environment says, else those of the running stack, else on the usual ports of this machine. */
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
