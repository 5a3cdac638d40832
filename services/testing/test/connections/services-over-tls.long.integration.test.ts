import { freePort } from '@headwater/local'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type Certificates,
  createTestDatabase,
  eventually,
  GatewayProcess,
  makeCertificates,
  ProjectorProcess,
  type SecureKafka,
  startSecureKafka,
  startTlsProxy,
  type TestDatabase,
  type TlsProxy,
  testStack,
  uniqueName,
} from '../../src/index.ts'
import { endChild, spawnBuilt } from '../../src/processes/spawn-built.ts'

// Gateway, projector and API as a platform team runs them: client certificates for Kafka, registry and ClickHouse, keys with a passphrase.

const passphrase = 'correct-horse'
let certificates: Certificates
let kafka: SecureKafka
let tables: TestDatabase
const proxies: TlsProxy[] = []

beforeAll(async () => {
  certificates = await makeCertificates()
  kafka = await startSecureKafka({ certificates })
  tables = await createTestDatabase()
})
afterAll(async () => {
  for (const proxy of proxies) await proxy.close()
  await tables?.drop()
  await kafka?.stop()
  await certificates?.remove()
})

async function proxyOf(url: string): Promise<TlsProxy> {
  const proxy = await startTlsProxy(url, { certificate: certificates.server, clientCa: certificates.ca })
  proxies.push(proxy)
  return proxy
}

async function securely(): Promise<Record<string, string>> {
  const [clickhouse, registry] = [new URL(testStack().clickhouseUrl), new URL(testStack().schemaRegistryUrl)]
  const client = await certificates.issue('locked', { use: 'clientAuth', passphrase })
  const files = ['KAFKA', 'SCHEMA_REGISTRY', 'CLICKHOUSE'].map((service) => ({
    [`${service}_TLS_CA`]: certificates.ca,
    [`${service}_TLS_CERT`]: client.cert,
    [`${service}_TLS_KEY`]: client.key,
    [`${service}_TLS_KEY_PASSWORD`]: passphrase,
  }))
  return {
    ...Object.assign({}, ...files),
    KAFKA_BROKERS: kafka.mtls,
    SCHEMA_REGISTRY_URL: `${(await proxyOf(registry.origin)).url}${registry.pathname}`,
    CLICKHOUSE_URL: (await proxyOf(clickhouse.origin)).url,
    CLICKHOUSE_USER: clickhouse.username || 'default',
    CLICKHOUSE_PASSWORD: clickhouse.password,
  }
}

it('an event goes in, and an answer comes out, by client certificates only', async () => {
  const env = await securely()
  const [topic, stack, { database }] = [uniqueName('secure'), testStack(), tables]
  const deadLetters = `${topic}.dead`
  const gateway = new GatewayProcess({ stack, topic, env })
  const projector = new ProjectorProcess({ stack, topic, deadLetters, database, groupId: uniqueName('group'), env })
  const port = await freePort()
  let output = ''
  const api = spawnBuilt(
    'api',
    { ...process.env, ...env, CLICKHOUSE_DATABASE: database, API_PORT: String(port) },
    (text) => {
      output += text
    },
  )
  try {
    await gateway.start()
    projector.start()
    const event = { type: 'MaterializationEvent', job: 'shop/load', outputs: ['s3://lake/orders'] }
    const sent = await fetch(`${gateway.url}/api/v1/events`, { method: 'POST', body: JSON.stringify(event) })
    expect(sent.status, await sent.text()).toBe(201)
    await eventually(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/asset?key=s3%3A%2F%2Flake%2Forders`)
      expect(await answer.json(), `${output}\n${projector.output}`).toMatchObject({ key: 's3://lake/orders' })
    }, 60_000)
    expect(await projector.end('SIGTERM')).toBe(0)
    expect(await gateway.stop()).toBe(0)
    expect(await endChild(api, 'SIGTERM')).toBe(0)
  } finally {
    await Promise.all([gateway.kill(), projector.end('SIGKILL'), endChild(api, 'SIGKILL')])
  }
})
