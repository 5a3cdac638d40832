import { requireFreePort } from '@headwater/local'
import { CliError } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'

export const portVariables = [
  'API_PORT',
  'KAFKA_PORT',
  'REGISTRY_PORT',
  'CLICKHOUSE_PORT',
  'PROJECTOR_METRICS_PORT',
  'GATEWAY_PORT',
] as const

type PortVariable = (typeof portVariables)[number]

/** The ports that a start listens on; a part that runs elsewhere needs none. */
export function portsToStart(config: CliConfig): readonly PortVariable[] {
  const elsewhere: Partial<Record<PortVariable, string | undefined>> = {
    KAFKA_PORT: config.KAFKA_BROKERS,
    REGISTRY_PORT: config.SCHEMA_REGISTRY_URL,
    CLICKHOUSE_PORT: config.CLICKHOUSE_URL,
  }
  return portVariables.filter((variable) => elsewhere[variable] === undefined)
}

/** @throws CliError that names every port that is taken, or set twice, with its variable */
export async function requireFreePorts(config: CliConfig): Promise<void> {
  const wanted = portsToStart(config)
  const repeated = wanted.find((variable, index) =>
    wanted.slice(0, index).some((each) => config[each] === config[variable]),
  )
  if (repeated !== undefined) {
    const names = wanted.filter((variable) => config[variable] === config[repeated]).join(' and ')
    throw new CliError('INVALID_CONFIG', `${names} are both ${config[repeated]}; set each to a different port`)
  }
  const checks = await Promise.allSettled(wanted.map((variable) => requireFreePort(config[variable], variable)))
  const taken = checks.flatMap((check) => (check.status === 'rejected' ? [(check.reason as Error).message] : []))
  if (taken.length > 0) throw new CliError('FAILING', taken.join('\n'))
}
