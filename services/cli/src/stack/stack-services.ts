import { join } from 'node:path'
import { type StackAddresses, type SupervisedProcess, superviseProcess } from '@headwater/local'
import { type CliConfig, repositoryRoot } from '../config.ts'
import { requireAnswer } from './require-answer.ts'

export type ServiceOptions = {
  readonly config: CliConfig
  readonly env: NodeJS.ProcessEnv
  readonly addresses: StackAddresses
  readonly onEvent: (line: string) => void
}

/** A built program of a service: what runs it, or another one beside it. */
export const serviceScript = (name: string, program = 'main'): string =>
  join(repositoryRoot, 'services', name, 'dist', `${program}.js`)

export const projectorHealthUrl = (config: CliConfig) => `http://127.0.0.1:${config.PROJECTOR_METRICS_PORT}/livez`
export const gatewayUrlOf = (config: CliConfig) => `http://127.0.0.1:${config.GATEWAY_PORT}`
export const apiUrlOf = (config: CliConfig) => `http://127.0.0.1:${config.API_PORT}`

/** What a service is told about the stack, by its environment. */
export const addressVariables = ({ kafkaBrokers, schemaRegistryUrl, clickhouseUrl }: StackAddresses) => ({
  KAFKA_BROKERS: kafkaBrokers,
  SCHEMA_REGISTRY_URL: schemaRegistryUrl,
  CLICKHOUSE_URL: clickhouseUrl,
})

/** Most of what a batch allocates dies with it; a larger young generation keeps it from being copied. */
export const batchNodeOptions = ['--min-semi-space-size=64', '--max-semi-space-size=64']

/** The projector, the API and the gateway as processes that are started again when they end. None is started yet. */
export function superviseServices({ config, env, addresses, onEvent }: ServiceOptions): readonly SupervisedProcess[] {
  const service = (name: string, check: () => Promise<void>, nodeOptions: readonly string[] = []) =>
    superviseProcess({
      name,
      command: process.execPath,
      args: [...nodeOptions, serviceScript(name)],
      env: {
        ...env,
        ...addressVariables(addresses),
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
    service('projector', () => requireAnswer(projectorHealthUrl(config)), batchNodeOptions),
    service('api', () => requireAnswer(`${apiUrlOf(config)}/readyz`)),
    service('gateway', () => requireAnswer(`${gatewayUrlOf(config)}/readyz`), batchNodeOptions),
  ]
}
