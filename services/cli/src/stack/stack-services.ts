import { join } from 'node:path'
import { type StackAddresses, type SupervisedProcess, superviseProcess } from '@headwater/local'
import { type ClickHouseLogin, loginVariables } from '@headwater/local/home'
import { type CliConfig, requireClone } from '../config.ts'
import { checkHealth } from './check-health.ts'
import { apiUrlOf, gatewayUrlOf } from './find-addresses.ts'

export type ServiceOptions = {
  readonly config: CliConfig
  readonly env: NodeJS.ProcessEnv
  readonly addresses: StackAddresses
  readonly clickhouseLogin: ClickHouseLogin | undefined
  readonly onEvent: (line: string) => void
}

/** The path of a built program of a service: its main program, or another one. @throws CliError NOT_INSTALLED outside of a clone */
export const serviceScript = (name: string, program = 'main'): string =>
  join(requireClone(`The ${name}`), 'services', name, 'dist', `${program}.js`)

const projectorHealthUrl = (config: CliConfig) => `http://127.0.0.1:${config.PROJECTOR_METRICS_PORT}/livez`
export const projectorReadyUrl = (config: CliConfig) => `http://127.0.0.1:${config.PROJECTOR_METRICS_PORT}/readyz`

/** The environment variables that give a service the addresses of the stack. */
export const addressVariables = ({ kafkaBrokers, schemaRegistryUrl, clickhouseUrl }: StackAddresses) => ({
  KAFKA_BROKERS: kafkaBrokers,
  SCHEMA_REGISTRY_URL: schemaRegistryUrl,
  CLICKHOUSE_URL: clickhouseUrl,
})

/** Most allocations of a batch die with it; a larger young generation avoids copying them. */
export const batchNodeOptions = ['--min-semi-space-size=64', '--max-semi-space-size=64']

/** The projector, the API and the gateway as processes that restart when they end. None is started yet. */
export function superviseServices({
  config,
  env,
  addresses,
  clickhouseLogin,
  onEvent,
}: ServiceOptions): readonly SupervisedProcess[] {
  const service = (name: string, check: () => Promise<void>, nodeOptions: readonly string[] = []) =>
    superviseProcess({
      name,
      command: process.execPath,
      args: [...nodeOptions, serviceScript(name)],
      env: {
        ...env,
        ...addressVariables(addresses),
        ...(clickhouseLogin === undefined ? {} : loginVariables(clickhouseLogin)),
        API_PORT: String(config.API_PORT),
        PROJECTOR_METRICS_PORT: String(config.PROJECTOR_METRICS_PORT),
        GATEWAY_PORT: String(config.GATEWAY_PORT),
      },
      logFile: join(config.HEADWATER_HOME, 'logs', `${name}.log`),
      check,
      readyWithinMs: 60_000,
      stopWithinMs: 15_000,
      onEvent,
    })
  return [
    service('projector', () => checkHealth(projectorHealthUrl(config)), batchNodeOptions),
    service('api', () => checkHealth(`${apiUrlOf(config)}/readyz`)),
    service('gateway', () => checkHealth(`${gatewayUrlOf(config)}/readyz`), batchNodeOptions),
  ]
}
