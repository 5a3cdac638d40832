import { checkClickHouse, checkKafka, checkRegistry, type StackAddresses } from '@headwater/local'
import { checkHealth } from '../stack/check-health.ts'
import { printable } from '../terminal/printable.ts'
import type { Finding } from './finding.ts'

export type PartAddresses = StackAddresses & {
  readonly projectorUrl: string
  readonly apiUrl: string
  readonly gatewayUrl: string
}
export type ClickHouseCredentials = { readonly username: string; readonly password: string }

/** Checks that each part works at its address. */
export function findParts(addresses: PartAddresses, credentials: ClickHouseCredentials): Promise<readonly Finding[]> {
  const { kafkaBrokers, schemaRegistryUrl, clickhouseUrl, projectorUrl, apiUrl, gatewayUrl } = addresses
  return Promise.all([
    findPart('Kafka', kafkaBrokers, 'KAFKA_BROKERS', () => checkKafka(kafkaBrokers)),
    findPart('Registry', schemaRegistryUrl, 'SCHEMA_REGISTRY_URL', () => checkRegistry(schemaRegistryUrl)),
    findPart('ClickHouse', clickhouseUrl, 'CLICKHOUSE_URL', () => checkClickHouse(clickhouseUrl, credentials)),
    findPart('Projector', projectorUrl, 'PROJECTOR_METRICS_PORT', () => checkHealth(projectorUrl)),
    findPart('API', apiUrl, 'HEADWATER_API_URL', () => checkHealth(`${apiUrl}/readyz`)),
    findPart('Gateway', gatewayUrl, 'GATEWAY_URL', () => checkHealth(`${gatewayUrl}/readyz`)),
  ])
}

async function findPart(name: string, address: string, variable: string, check: () => Promise<void>): Promise<Finding> {
  try {
    await check()
    return { name, ok: true, needed: true, detail: address, remedy: '' }
  } catch (error) {
    return {
      name,
      ok: false,
      needed: true,
      detail: printable(`${address}: ${reasonOf(error as Error)}`),
      remedy: `Start it with: npm start, or set ${variable}`,
    }
  }
}

function reasonOf(error: Error & { readonly code?: string }): string {
  const code = error.code ?? (error.cause as { code?: string } | undefined)?.code
  if (code === 'ECONNREFUSED' || error.name === 'KafkaJSConnectionError') return 'not reachable'
  return `not reachable (${error.message === '' ? (code ?? error.name) : error.message})`
}
