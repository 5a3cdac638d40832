import { readClickHouseConnection } from '@headwater/config'
import { connectionProblem, readKafkaAccess, readRegistry } from '@headwater/kafka'
import { LocalStackError } from '../local-stack-error.ts'
import { checkClickHouse, checkKafka, checkRegistryReads } from '../parts/checks.ts'
import type { StackAddresses } from './addresses.ts'

/**
 * Makes sure that what is given from outside answers, with the credentials of the services' own variables in `env`.
 * @throws LocalStackError NOT_READY naming the variable that holds the address
 */
export async function checkExternal(external: Partial<StackAddresses>, env: NodeJS.ProcessEnv): Promise<void> {
  const { kafkaBrokers, schemaRegistryUrl, clickhouseUrl } = external
  await Promise.all([
    named('KAFKA_BROKERS', kafkaBrokers, async (address) => checkKafka(address, readKafkaAccess(env))),
    named('SCHEMA_REGISTRY_URL', schemaRegistryUrl, async (url) =>
      checkRegistryReads(readRegistry({ ...env, SCHEMA_REGISTRY_URL: url })),
    ),
    named('CLICKHOUSE_URL', clickhouseUrl, async (CLICKHOUSE_URL) =>
      checkClickHouse(readClickHouseConnection({ ...env, CLICKHOUSE_URL })),
    ),
  ])
}

async function named(
  variable: string,
  address: string | undefined,
  check: (address: string) => Promise<void>,
): Promise<void> {
  if (address === undefined) return
  await check(address).catch((cause: Error) => {
    const reason = connectionProblem(cause)?.text || cause.message || (cause as NodeJS.ErrnoException).code
    throw new LocalStackError('NOT_READY', `${variable} is set, but what it names does not answer: ${reason}`, {
      cause,
    })
  })
}
