import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { createClient } from '@clickhouse/client'
import { clickHouseFailure, readRows } from '@headwater/clickhouse'
import { readClickHouseConnection } from '@headwater/config'
import { readKafkaAccess, readRegistry, translateKafkaErrors } from '@headwater/kafka'
import { freePort } from '@headwater/local'
import { SchemaRegistryError } from '@headwater/schemas'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CertificateFiles,
  type Certificates,
  eventually,
  makeCertificates,
  startTlsProxy,
  testStack,
} from '../../src/index.ts'

// Each refusal is one line that names the connection, the certificate or file, and what to do. The brokers' refusals of client
// certificates are in infra/kafka/test/client.

let certificates: Certificates
const servers: Server[] = []
beforeAll(async () => {
  certificates = await makeCertificates()
})
afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections()
  await certificates.remove()
})

/** @returns the port of a server that only speaks TLS, with this certificate */
async function listen({ cert, key }: CertificateFiles): Promise<number> {
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) => response.end())
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** OpenSSL's own server: unlike one of Node, it says why it refuses a client, as brokers and ClickHouse do. */
async function startStrictServer() {
  const { ca, server } = certificates
  const port = await freePort()
  const files = ['-cert', server.cert, '-key', server.key, '-CAfile', ca]
  const strict = ['-Verify', '1', '-verify_return_error', '-www', '-quiet']
  const child = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, ...files, ...strict], { stdio: 'ignore' })
  await eventually(() => connectOnce(port))
  return {
    url: `https://127.0.0.1:${port}`,
    async close() {
      child.kill()
      await once(child, 'exit')
    },
  }
}

function connectOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve()
    }).once('error', reject)
  })
}

type Variables = Readonly<Record<string, string>>

async function kafkaLine(port: number, files: Variables): Promise<string> {
  const access = readKafkaAccess({ KAFKA_SSL: 'true', ...files })
  const quiet = { logLevel: logLevel.NOTHING, retry: { retries: 0 } }
  const admin = new Kafka({ brokers: [`127.0.0.1:${port}`], ...access, ...quiet }).admin()
  const error = await translateKafkaErrors(() => admin.connect()).then(
    () => new Error('connected'),
    (thrown: Error) => thrown,
  )
  await admin.disconnect()
  return `${(error as { retryable?: boolean }).retryable ? 'passes' : 'lasts'}: ${error.message}`
}

async function clickHouseLine(url: string, files: Variables): Promise<string> {
  const client = createClient({ ...readClickHouseConnection({ CLICKHOUSE_URL: url, ...files }), log: { level: 127 } })
  const failure = await readRows(client, { query: 'SELECT 1 AS one' }).then(() => undefined, clickHouseFailure)
  await client.close()
  return failure === undefined ? 'connected' : `${failure.kind === 'denied' ? 'lasts' : 'passes'}: ${failure.text}`
}

async function registryLine(url: string, files: Variables): Promise<string> {
  const asked = readRegistry({ SCHEMA_REGISTRY_URL: url, ...files }).hasTopic('t')
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof SchemaRegistryError)) return error === undefined ? 'connected' : String(error)
  return `${error.isLasting ? 'lasts' : 'passes'}: ${error.message}`
}

/** What each connection reports of a server with this certificate. */
async function linesOf(server: CertificateFiles, ca: string | undefined): Promise<readonly string[]> {
  const port = await listen(server)
  const url = `https://127.0.0.1:${port}`
  const trusting = (service: string): Variables => (ca === undefined ? {} : { [`${service}_TLS_CA`]: ca })
  const lines = await Promise.all([
    kafkaLine(port, trusting('KAFKA')),
    clickHouseLine(url, trusting('CLICKHOUSE')),
    registryLine(url, trusting('SCHEMA_REGISTRY')),
  ])
  return lines.map((line) => line.replaceAll(String(port), 'PORT'))
}

const [kafka, clickhouse, registry] = [
  'lasts: Kafka is not available: the certificate of broker 127.0.0.1:PORT',
  'lasts: the certificate of ClickHouse',
  'lasts: Schema registry at 127.0.0.1:PORT is not available: its certificate',
]

describe('the certificate of a server', () => {
  it('that an unknown authority signed', async () => {
    const lines = (service: string) =>
      `is signed by an authority that is not trusted: set ${service}_TLS_CA to the PEM file of that authority`
    for (const ca of [undefined, certificates.otherCa])
      expect(await linesOf(certificates.server, ca)).toEqual([
        `${kafka} ${lines('KAFKA')}`,
        `${clickhouse} ${lines('CLICKHOUSE')}`,
        `${registry} ${lines('SCHEMA_REGISTRY')}`,
      ])
  })

  it('that has expired', async () => {
    const expired = await certificates.issue('expired-server', { use: 'serverAuth', days: -1 })
    expect(await linesOf(expired, certificates.ca)).toEqual([
      `${kafka}, or that of its authority in KAFKA_TLS_CA, has expired: renew it`,
      `${clickhouse}, or that of its authority in CLICKHOUSE_TLS_CA, has expired: renew it`,
      `${registry}, or that of its authority in SCHEMA_REGISTRY_TLS_CA, has expired: renew it`,
    ])
  })

  it('that has other names', async () => {
    const other = await certificates.issue('other-server', { use: 'serverAuth', names: 'DNS:kafka.example.com' })
    const names = 'is not for 127.0.0.1, but for DNS:kafka.example.com: use a name of the certificate in'
    expect(await linesOf(other, certificates.ca)).toEqual([
      `${kafka} ${names} KAFKA_BROKERS and in the broker's advertised.listeners`,
      `${clickhouse} ${names} CLICKHOUSE_URL`,
      `${registry} ${names} SCHEMA_REGISTRY_URL`,
    ])
  })

  it('that is one for clients', async () => {
    expect(await linesOf(certificates.client, certificates.ca)).toEqual(
      [kafka, clickhouse, registry].map((line) => expect.stringContaining(`${line} is not`)),
    )
  })
})

describe('a server that requires client certificates', () => {
  const files = (service: string, given?: CertificateFiles, passphrase = ''): Variables => ({
    [`${service}_TLS_CA`]: certificates.ca,
    ...(given && { [`${service}_TLS_CERT`]: given.cert, [`${service}_TLS_KEY`]: given.key }),
    [`${service}_TLS_KEY_PASSWORD`]: passphrase,
  })

  it('refuses without one, and one of another authority', async () => {
    const stranger = await certificates.issue('stranger', { use: 'clientAuth', signedBy: 'other-ca' })
    const server = await startStrictServer()
    const refuses = (service: string) =>
      `refuses the client certificate: set ${service}_TLS_CERT and ${service}_TLS_KEY to one that its authority signed and that has not expired`
    try {
      for (const given of [undefined, stranger])
        await eventually(async () => {
          // A server that closes with a request unread may cut off its own refusal.
          expect([
            await clickHouseLine(server.url, files('CLICKHOUSE', given)),
            await registryLine(server.url, files('SCHEMA_REGISTRY', given)),
          ]).toEqual([
            `lasts: ClickHouse ${refuses('CLICKHOUSE')}`,
            expect.stringMatching(`^lasts: Schema registry at .* is not available: it ${refuses('SCHEMA_REGISTRY')}$`),
          ])
        })
    } finally {
      await server.close()
    }
  })

  it('takes one of its own, also with a key that has a passphrase', async () => {
    const { ca, server: certificate, client } = certificates
    const locked = await certificates.issue('locked', { use: 'clientAuth', passphrase: 'correct-horse' })
    const [clickhouse, registry] = [new URL(testStack().clickhouseUrl), new URL(testStack().schemaRegistryUrl)]
    const options = { certificate, clientCa: ca }
    const atClickHouse = await startTlsProxy(clickhouse.origin, options)
    const atRegistry = await startTlsProxy(registry.origin, options)
    const login = { CLICKHOUSE_USER: clickhouse.username || 'default', CLICKHOUSE_PASSWORD: clickhouse.password }
    try {
      for (const [given, passphrase] of [
        [client, ''],
        [locked, 'correct-horse'],
      ] as const)
        expect([
          await clickHouseLine(atClickHouse.url, { ...login, ...files('CLICKHOUSE', given, passphrase) }),
          await registryLine(`${atRegistry.url}${registry.pathname}`, files('SCHEMA_REGISTRY', given, passphrase)),
        ]).toEqual(['connected', 'connected'])
    } finally {
      await Promise.all([atClickHouse.close(), atRegistry.close()])
    }
  })
})

it('an address with https:// of a server without TLS', async () => {
  const { clickhouseUrl, schemaRegistryUrl, kafkaBrokers } = testStack()
  const secure = (url: string) => url.replace('http://', 'https://').replace(/\/\/.*@/, '//')
  const port = Number(kafkaBrokers.split(':').at(-1))
  expect(await clickHouseLine(secure(clickhouseUrl), {})).toBe(
    'lasts: ClickHouse does not speak TLS: CLICKHOUSE_URL must begin with http://, or have the port for https',
  )
  expect(await registryLine(secure(schemaRegistryUrl), {})).toMatch(
    /^lasts: Schema registry at .* is not available: it does not speak TLS: SCHEMA_REGISTRY_URL must begin with http:\/\//,
  )
  expect(await kafkaLine(port, {})).toContain('does not speak TLS: unset KAFKA_SSL and KAFKA_TLS_*')
})
