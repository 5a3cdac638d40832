import { ConfigError, clickHouseConnection, throwIfInvalid } from '@headwater/config'
import { connectionProblem, type KafkaAccess, kafkaAccess, kafkaAccessProblems, registryOf } from '@headwater/kafka'
import { textWithoutSecrets } from '@headwater/lineage'
import { checkClickHouse, checkKafka, checkRegistryReads, type StackAddresses } from '@headwater/local'
import { SchemaRegistryError } from '@headwater/schemas'
import { type CliConfig, startHint } from '../config.ts'
import { checkHealth, checkStartedHealth } from '../stack/check-health.ts'
import { findClickHouseLogin } from '../stack/find-addresses.ts'
import { printable } from '../terminal/printable.ts'
import { findConsumer } from './consumer-finding.ts'
import type { Finding } from './finding.ts'

export type PartAddresses = StackAddresses & {
  readonly projectorUrl: string
  readonly apiUrl: string
  readonly gatewayUrl: string
}

/** Checks that each part works at its address, with the credentials of the environment. Stores nothing. */
export async function findParts(addresses: PartAddresses, config: CliConfig): Promise<readonly Finding[]> {
  const { kafkaBrokers, schemaRegistryUrl, clickhouseUrl, projectorUrl, apiUrl, gatewayUrl } = addresses
  const [consumer, ...parts] = await Promise.all([
    findConsumer(gatewayUrl),
    findPart('Kafka', kafkaBrokers, 'KAFKA_BROKERS', async () => checkKafka(kafkaBrokers, kafkaAccessOf(config))),
    findPart('Registry', schemaRegistryUrl, 'SCHEMA_REGISTRY_URL', () =>
      checkRegistryReads(registryOf({ ...config, SCHEMA_REGISTRY_URL: schemaRegistryUrl })),
    ),
    findPart('ClickHouse', clickhouseUrl, 'CLICKHOUSE_URL', async () =>
      checkClickHouse(clickHouseConnection({ url: clickhouseUrl, ...(await findClickHouseLogin(config)) }, config)),
    ),
    findPart('Projector', projectorUrl, 'PROJECTOR_METRICS_PORT', () => checkStartedHealth(projectorUrl)),
    findPart('API', apiUrl, 'HEADWATER_API_URL', () => checkHealth(`${apiUrl}/readyz`)),
    findPart('Gateway', gatewayUrl, 'GATEWAY_URL', () => checkHealth(`${gatewayUrl}/readyz`)),
  ])
  return [...parts, ...consumer]
}

function kafkaAccessOf(config: CliConfig): KafkaAccess {
  throwIfInvalid(kafkaAccessProblems(config))
  return kafkaAccess(config)
}

async function findPart(name: string, address: string, variable: string, check: () => Promise<void>): Promise<Finding> {
  try {
    await check()
    return { name, ok: true, needed: true, detail: textWithoutSecrets(address), remedy: '' }
  } catch (error) {
    const { problem, answers } = problemOf(error as Error)
    const remedy = answers
      ? `It answers, so it runs: read its log, or check ${variable} and its credentials`
      : `${startHint}, or set ${variable}`
    return { name, ok: false, needed: true, detail: printable(textWithoutSecrets(`${address}: ${problem}`)), remedy }
  }
}

function problemOf(error: Error & { readonly code?: string }): { problem: string; answers: boolean } {
  const refused = connectionProblem(error)
  if (refused !== undefined) return { problem: refused.text, answers: true }
  if (error instanceof ConfigError || error instanceof SchemaRegistryError)
    return { problem: error.message, answers: true }
  const code = error.code ?? (error.cause as { code?: string } | undefined)?.code
  if (code === 'ECONNREFUSED' || error.name === 'KafkaJSConnectionError') {
    return { problem: 'not reachable', answers: false }
  }
  const answer = /^(?:it )?(answers \d+.*)$/s.exec(error.message)?.[1]
  if (answer !== undefined) return { problem: answer, answers: true }
  return { problem: `not reachable (${error.message === '' ? (code ?? error.name) : error.message})`, answers: false }
}
