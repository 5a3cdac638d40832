import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { clickHouseFailure, readRows } from '@headwater/clickhouse'
import { readClickHouseConnection } from '@headwater/config'
import {
  type CertificateFiles,
  type Certificates,
  makeCertificates,
  startTlsProxy,
  type TlsProxy,
  testStack,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let certificates: Certificates
let behindPath: TlsProxy
let mutual: TlsProxy
const { origin, username, password } = new URL(testStack().clickhouseUrl)
const login = { CLICKHOUSE_USER: username || 'default', CLICKHOUSE_PASSWORD: password }

beforeAll(async () => {
  certificates = await makeCertificates()
  const { ca, server: certificate } = certificates
  behindPath = await startTlsProxy(origin, { certificate, path: '/store/clickhouse' })
  mutual = await startTlsProxy(origin, { certificate, clientCa: ca })
})
afterAll(async () => {
  await Promise.all([behindPath.close(), mutual.close()])
  await certificates.remove()
})

/** Rows of a query to the address, or what it failed with. */
async function ask(env: Record<string, string>) {
  const client = createClient({ ...readClickHouseConnection({ ...login, ...env }), log: { level: 127 } })
  try {
    return await readRows(client, { query: 'SELECT 1 AS one' }).catch(clickHouseFailure)
  } finally {
    await client.close()
  }
}

describe('a proxy with a path, and a certificate of an own authority', () => {
  it('is used with CLICKHOUSE_TLS_CA', async () => {
    const env = { CLICKHOUSE_URL: behindPath.url, CLICKHOUSE_TLS_CA: certificates.ca }
    expect(await ask(env)).toEqual([{ one: 1 }])
    expect(await ask({ ...env, CLICKHOUSE_URL: `${behindPath.url}/` })).toEqual([{ one: 1 }])
  })

  it('is not trusted otherwise, and the error names the variable', async () => {
    for (const env of [{}, { CLICKHOUSE_TLS_CA: certificates.otherCa }]) {
      expect(await ask({ CLICKHOUSE_URL: behindPath.url, ...env })).toMatchObject({
        kind: 'denied',
        text: expect.stringContaining('CLICKHOUSE_TLS_CA'),
      })
    }
  })
})

describe('a server that requires client certificates', () => {
  const withCertificate = () => ({
    ...{ CLICKHOUSE_URL: mutual.url, CLICKHOUSE_TLS_CA: certificates.ca },
    ...{ CLICKHOUSE_TLS_CERT: certificates.client.cert, CLICKHOUSE_TLS_KEY: certificates.client.key },
  })

  it('is used with CLICKHOUSE_TLS_CERT and CLICKHOUSE_TLS_KEY, and the password', async () => {
    expect(await ask(withCertificate())).toEqual([{ one: 1 }])
  })

  it('refuses without one', async () => {
    expect(await ask({ CLICKHOUSE_URL: mutual.url, CLICKHOUSE_TLS_CA: certificates.ca })).toHaveProperty('kind')
  })

  it('gets a renewed certificate without a new client', async () => {
    const folder = certificates.ca.replace(/ca\.pem$/, '')
    const [cert, key] = [join(folder, 'now.pem'), join(folder, 'now.key')]
    const use = (files: CertificateFiles) => Promise.all([copyFile(files.cert, cert), copyFile(files.key, key)])
    await use(certificates.server) // a certificate for servers, which no server accepts of a client
    const env = { ...login, ...withCertificate(), CLICKHOUSE_TLS_CERT: cert, CLICKHOUSE_TLS_KEY: key }
    const client = createClient({ ...readClickHouseConnection(env), log: { level: 127 } })
    const works = () =>
      readRows(client, { query: 'SELECT 1 AS one' }).then(
        () => true,
        () => false,
      )
    expect(await works()).toBe(false)
    await use(certificates.client)
    expect(await works()).toBe(true)
    await client.close()
  })
})
