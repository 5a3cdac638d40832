import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startStack } from '@headwater/local'
import kafkajs, { type AclEntry, type Kafka } from 'kafkajs'
import { testStack } from './test-stack.ts'
import { testKafka } from './test-topic.ts'

export type GuardedKafka = {
  /** Where everybody may do everything. */
  readonly plain: string
  /** The variables of a service that has only the rights that it is granted. */
  readonly env: Readonly<Record<string, string>>
  /** For administration. */
  readonly kafka: Kafka
  grant(...rights: readonly Right[]): Promise<void>
  /** Takes away every right on a resource. */
  revoke(resource: Omit<Right, 'operation'>): Promise<void>
  stop(): Promise<void>
}

export type Right = {
  readonly operation: 'READ' | 'WRITE' | 'CREATE' | 'DESCRIBE' | 'DESCRIBE_CONFIGS'
  readonly on: 'TOPIC' | 'GROUP'
  readonly name: string
}

const user = { name: 'limited', password: 'correct-horse' }
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs

/** A broker of its own with Kafka's authorizer; registry and ClickHouse are those of the tests. */
export async function startGuardedKafka(): Promise<GuardedKafka> {
  const home = await mkdtemp(join(tmpdir(), 'headwater-guarded-kafka-'))
  const port = await freePort()
  const { schemaRegistryUrl, clickhouseUrl } = testStack()
  const listener = `,LOGIN://127.0.0.1:${port}`
  const stack = await startStack({
    home,
    ports: { kafka: 0 },
    external: { schemaRegistryUrl, clickhouseUrl },
    isShortLived: true,
    env: process.env,
    adjustKafka: (settings) => ({
      ...settings,
      listeners: `${settings['listeners']}${listener}`,
      'advertised.listeners': `${settings['advertised.listeners']}${listener}`,
      'listener.security.protocol.map': `${settings['listener.security.protocol.map']},LOGIN:SASL_PLAINTEXT`,
      'listener.name.login.sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.login.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${user.name}="${user.password}";`,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS',
    }),
  })
  const plain = stack.addresses.kafkaBrokers
  const kafka = testKafka(stack.addresses)
  const admin = kafka.admin()
  await admin.connect()
  return {
    plain,
    env: {
      KAFKA_BROKERS: `127.0.0.1:${port}`,
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_USERNAME: user.name,
      KAFKA_PASSWORD: user.password,
    },
    kafka,
    async grant(...rights) {
      await admin.createAcls({ acl: rights.map(entryOf) })
    },
    async revoke({ on, name }) {
      const { ANY: anyOperation } = AclOperationTypes
      const all = { operation: anyOperation, permissionType: AclPermissionTypes.ANY }
      const on_ = {
        resourceType: AclResourceTypes[on],
        resourceName: name,
        resourcePatternType: ResourcePatternTypes.LITERAL,
      }
      await admin.deleteAcls({ filters: [{ ...on_, ...all }] })
    },
    async stop() {
      await admin.disconnect()
      await stack.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

const entryOf = ({ operation, on, name }: Right): AclEntry => ({
  principal: `User:${user.name}`,
  host: '*',
  operation: AclOperationTypes[operation],
  permissionType: AclPermissionTypes.ALLOW,
  resourceType: AclResourceTypes[on],
  resourceName: name,
  resourcePatternType: ResourcePatternTypes.LITERAL,
})
