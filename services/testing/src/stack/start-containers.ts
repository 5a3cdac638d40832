import { ClickHouseContainer } from '@testcontainers/clickhouse'
import { KafkaContainer } from '@testcontainers/kafka'
import { GenericContainer, Wait } from 'testcontainers'
import type { StartedStack } from './started-stack.ts'

const registryPort = 8080
const kafkaPort = 9093

/** The stack in containers, for machines with a Docker engine and no JVM. */
export async function startContainers(): Promise<StartedStack> {
  const [kafka, registry, clickhouse] = await Promise.all([
    new KafkaContainer('confluentinc/cp-kafka:8.1.0').withKraft().start(),
    new GenericContainer('apicurio/apicurio-registry-mem:2.6.13.Final')
      .withExposedPorts(registryPort)
      .withWaitStrategy(Wait.forHttp('/apis/ccompat/v7/subjects', registryPort))
      .start(),
    new ClickHouseContainer('clickhouse/clickhouse-server:26.7.5.10').start(),
  ])
  return {
    addresses: {
      kafkaBrokers: `${kafka.getHost()}:${kafka.getMappedPort(kafkaPort)}`,
      schemaRegistryUrl: `http://${registry.getHost()}:${registry.getMappedPort(registryPort)}/apis/ccompat/v7`,
      clickhouseUrl: clickhouse.getConnectionUrl(),
    },
    async stop() {
      await Promise.all([kafka.stop(), registry.stop(), clickhouse.stop()])
    },
  }
}
