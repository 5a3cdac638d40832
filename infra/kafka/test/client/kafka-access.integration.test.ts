import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  type CertificateFiles,
  type Certificates,
  eventually,
  makeCertificates,
  type SecureKafka,
  startSecureKafka,
  uniqueName,
} from '@headwater/testing'
import { pino } from 'pino'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKafka, type KafkaSettings, kafkaVariables, translateKafkaErrors } from '../../src/index.ts'

let certificates: Certificates
let broker: SecureKafka

beforeAll(async () => {
  certificates = await makeCertificates()
  broker = await startSecureKafka({ certificates, reauthenticateMs: 11_000 })
})
afterAll(async () => {
  await broker?.stop()
  await certificates?.remove()
})

const defaults = Value.Default(Type.Object(kafkaVariables), {}) as KafkaSettings
const clientOf = (brokers: string, settings: Partial<KafkaSettings>) =>
  createKafka('test', { ...defaults, ...settings, KAFKA_BROKERS: brokers }, pino({ level: 'silent' }), {
    retry: { retries: 1, initialRetryTime: 50 },
  })

/** @returns the number of brokers */
async function connect(brokers: string, settings: Partial<KafkaSettings>): Promise<number> {
  const admin = clientOf(brokers, settings).admin()
  try {
    await translateKafkaErrors(() => admin.connect())
    return (await translateKafkaErrors(() => admin.describeCluster())).brokers.length
  } finally {
    await admin.disconnect()
  }
}

const mtls = () => ({
  KAFKA_TLS_CA: certificates.ca,
  KAFKA_TLS_CERT: certificates.client.cert,
  KAFKA_TLS_KEY: certificates.client.key,
})
const scram = (): Partial<KafkaSettings> => ({
  KAFKA_TLS_CA: certificates.ca,
  KAFKA_SASL_MECHANISM: 'scram-sha-512',
  KAFKA_USERNAME: broker.login.username,
  KAFKA_PASSWORD: broker.login.password,
})

const failure = (brokers: string, settings: Partial<KafkaSettings>) =>
  connect(brokers, settings).then(
    () => 'connected',
    (error: Error & { readonly retryable?: boolean }) => `${error.retryable ? 'may pass' : 'lasts'}: ${error.message}`,
  )

describe('a listener with TLS that asks for certificates', () => {
  it('accepts a client certificate of its authority', async () => {
    expect(await connect(broker.mtls, mtls())).toBe(1)
  })

  it('accepts one whose key has a passphrase, and refuses those of other authorities and without a key that fits', async () => {
    const locked = await certificates.issue('locked', { use: 'clientAuth', passphrase: 'correct-horse' })
    const stranger = await certificates.issue('stranger', { use: 'clientAuth', signedBy: 'other-ca' })
    const expired = await certificates.issue('expired', { use: 'clientAuth', days: -1 })
    const using = ({ cert, key }: CertificateFiles, KAFKA_TLS_KEY_PASSWORD = ''): Partial<KafkaSettings> => ({
      ...{ KAFKA_TLS_CA: certificates.ca, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key, KAFKA_TLS_KEY_PASSWORD },
    })
    expect(await connect(broker.mtls, using(locked, 'correct-horse'))).toBe(1)
    expect(await failure(broker.mtls, using(stranger))).toMatch(
      /^lasts: .*refuses the client certificate: set KAFKA_TLS_CERT and KAFKA_TLS_KEY/,
    )
    expect(await failure(broker.mtls, using(locked))).toMatch(/has a passphrase: set KAFKA_TLS_KEY_PASSWORD/)
    expect(await failure(broker.mtls, using(locked, 'wrong'))).toMatch(/KAFKA_TLS_KEY_PASSWORD is not the passphrase/)
    expect(await failure(broker.mtls, using(expired))).toMatch(/KAFKA_TLS_CERT: the client certificate .* has expired/)
  })

  it('is refused with the variable to set', async () => {
    expect(await failure(broker.mtls, { KAFKA_SSL: true })).toMatch(/^lasts: .*set KAFKA_TLS_CA to/)
    expect(await failure(broker.mtls, { ...mtls(), KAFKA_TLS_CA: certificates.otherCa })).toMatch(
      /^lasts: .*set KAFKA_TLS_CA to/,
    )
    expect(await failure(broker.mtls, { KAFKA_TLS_CA: certificates.ca })).toMatch(
      /^lasts: .*set KAFKA_TLS_CERT and KAFKA_TLS_KEY/,
    )
    expect(await failure(broker.mtls, {})).toMatch(/^lasts: .*set KAFKA_SSL=true/)
    expect(await failure(broker.plain, mtls())).toMatch(/does not speak TLS: unset KAFKA_SSL/)
  })
})

describe('a listener with SCRAM-SHA-512', () => {
  it('accepts the password, and names what to check of another one', async () => {
    expect(await connect(broker.scram, scram())).toBe(1)
    expect(await failure(broker.scram, { ...scram(), KAFKA_PASSWORD: 'wrong' })).toMatch(
      /^lasts: .*Check KAFKA_USERNAME, KAFKA_PASSWORD/,
    )
    expect(await failure(broker.scram, { ...scram(), KAFKA_SASL_MECHANISM: 'plain' })).toMatch(
      /^lasts: .*Set KAFKA_SASL_MECHANISM to one of/,
    )
    expect(await failure(broker.scram, { KAFKA_TLS_CA: certificates.ca })).toMatch(/check KAFKA_SASL_MECHANISM/)
    expect(await failure(broker.plain, { ...scram(), KAFKA_TLS_CA: '' })).toMatch(
      /^lasts: .*unset KAFKA_SASL_MECHANISM/,
    )
  })
})

describe('a listener with OAUTHBEARER', () => {
  it('accepts tokens of an endpoint, and new ones on a connection that lasts longer than one', async () => {
    const endpoint = await startTokenEndpoint(1)
    const settings: Partial<KafkaSettings> = {
      KAFKA_SASL_MECHANISM: 'oauthbearer',
      KAFKA_OAUTH_TOKEN_URL: endpoint.url,
      KAFKA_OAUTH_CLIENT_ID: 'head:water',
      KAFKA_OAUTH_CLIENT_SECRET: 'sec ret',
      KAFKA_OAUTH_SCOPE: 'kafka',
    }
    const kafka = clientOf(broker.oauth, settings)
    const admin = kafka.admin()
    const topic = uniqueName('oauth')
    try {
      await admin.connect()
      await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
      expect(endpoint.requests).toEqual(['head%3Awater:sec+ret grant_type=client_credentials&scope=kafka'])
      await eventually(async () => {
        await admin.fetchTopicOffsets(topic)
        expect(endpoint.requests.length).toBeGreaterThan(1)
      }, 30_000)
    } finally {
      await admin.disconnect()
      endpoint.close()
    }
    expect(await failure(broker.oauth, settings)).toMatch(/KAFKA_OAUTH_TOKEN_URL does not answer: ECONNREFUSED/)
  }, 60_000)

  it('accepts tokens of a file, which is read again for each login', async () => {
    const file = join(certificates.ca, '..', 'token')
    const settings: Partial<KafkaSettings> = { KAFKA_SASL_MECHANISM: 'oauthbearer', KAFKA_OAUTH_TOKEN_FILE: file }
    expect(await failure(broker.oauth, settings)).toMatch(/^may pass: .*KAFKA_OAUTH_TOKEN_FILE .*ENOENT/)
    writeFileSync(file, `${unsignedToken(-60)}\n`)
    expect(await failure(broker.oauth, settings)).toMatch(/^lasts: .*refuses the token/)
    writeFileSync(file, `${unsignedToken(300)}\n`)
    expect(await connect(broker.oauth, settings)).toBe(1)
  })
})

function unsignedToken(lifetimeSeconds: number): string {
  const now = Math.floor(Date.now() / 1_000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: 'headwater', iat: now - 120, exp: now + lifetimeSeconds, scope: ['kafka'] }
  return `${part({ alg: 'none' })}.${part(claims)}.`
}

async function startTokenEndpoint(lifetimeSeconds: number) {
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const login = Buffer.from((request.headers.authorization ?? '').slice('Basic '.length), 'base64').toString()
    requests.push(`${login} ${body}`)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ access_token: unsignedToken(60), expires_in: lifetimeSeconds }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    requests,
    close: () => server.close(),
  }
}
