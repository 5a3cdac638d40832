import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CertificateFiles, type Certificates, makeCertificates } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTlsFiles, rereadTlsFiles } from '../src/index.ts'

let certificates: Certificates
let locked: CertificateFiles
let expired: CertificateFiles

beforeAll(async () => {
  certificates = await makeCertificates()
  locked = await certificates.issue('locked', { use: 'clientAuth', passphrase: 'right' })
  expired = await certificates.issue('expired', { use: 'clientAuth', days: -1 })
})
afterAll(() => certificates.remove())

type Given = { readonly CA?: string; readonly CERT?: string; readonly KEY?: string; readonly PASSWORD?: string }

const settingsOf = ({ CA = '', CERT = '', KEY = '', PASSWORD = '' }: Given) => ({
  ...{ STORE_TLS_CA: CA, STORE_TLS_CERT: CERT, STORE_TLS_KEY: KEY, STORE_TLS_KEY_PASSWORD: PASSWORD },
})

function problemsOf(given: Given): readonly string[] {
  const problems: string[] = []
  readTlsFiles('STORE', settingsOf(given), problems)
  return problems
}

const at = (name: string) => join(certificates.ca, '..', name)

function file(name: string, text: string): string {
  writeFileSync(at(name), text)
  return at(name)
}

const text = (path: string) => readFileSync(path, 'utf8')
const clientOf = ({ cert, key }: CertificateFiles) => ({ CERT: cert, KEY: key })

it('reads nothing when no variable is set', () => {
  const problems: string[] = []
  expect(readTlsFiles('STORE', settingsOf({}), problems)).toBeUndefined()
  expect(problems).toEqual([])
})

it('reads an authority, and a client certificate with a key that has a passphrase', () => {
  const problems: string[] = []
  const given = { CA: certificates.ca, ...clientOf(locked), PASSWORD: 'right' }
  expect(readTlsFiles('STORE', settingsOf(given), problems)).toEqual({
    ...{ ca: text(certificates.ca), cert: text(locked.cert), key: text(locked.key), passphrase: 'right' },
  })
  expect(problemsOf(clientOf(certificates.client))).toEqual([])
  expect(problemsOf({ ...clientOf(certificates.client), PASSWORD: 'not needed' })).toEqual([])
  const bundle = file('bundle.pem', `${text(certificates.ca)}# another one\n${text(certificates.otherCa)}`)
  expect(problemsOf({ CA: bundle })).toEqual([])
})

describe('one sentence with variable and path', () => {
  it('of a file that cannot be read', () => {
    expect(problemsOf({ CA: at('none.pem') })).toEqual([
      `STORE_TLS_CA names a file that cannot be read (ENOENT): ${at('none.pem')} does not exist; in a container it must be mounted`,
    ])
    expect(problemsOf({ CA: at('.') })).toEqual([
      `STORE_TLS_CA names a file that cannot be read (EISDIR): ${at('.')} is a directory`,
    ])
  })

  it('of a file that is no PEM file', () => {
    const noPem = (path: string) => `STORE_TLS_CA must name a PEM file, which begins with -----BEGIN: ${path} is none`
    const page = file('page.html', '<html>')
    expect(problemsOf({ CA: page })).toEqual([noPem(page)])
    const empty = file('empty.pem', '')
    expect(problemsOf({ CA: empty })).toEqual([`${noPem(empty)}, it is empty`])
    const der = file('ca.der', '0\x82\x03\x05')
    expect(problemsOf({ CA: der })).toEqual([
      `${noPem(der)}. Convert DER by openssl x509 -inform DER, PKCS#12 by openssl pkcs12`,
    ])
  })

  it('of a file that has something else, or is cut off', () => {
    const { client, ca } = certificates
    expect(problemsOf({ CA: client.key })).toEqual([
      `STORE_TLS_CA must name a file with certificates: ${client.key} has PRIVATE KEY`,
    ])
    expect(problemsOf({ CERT: client.key, KEY: client.cert })).toEqual([
      `STORE_TLS_CERT must name a file with certificates: ${client.key} has PRIVATE KEY`,
      `STORE_TLS_KEY must name a file with a private key: ${client.cert} has CERTIFICATE`,
    ])
    const [cutCa, cutKey] = [file('cut.pem', text(ca).slice(0, 300)), file('cut.key', text(client.key).slice(0, 300))]
    const broken = file('broken.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')
    for (const path of [cutCa, broken])
      expect(problemsOf({ CA: path })).toEqual([`STORE_TLS_CA: a certificate in ${path} is damaged or cut off`])
    expect(problemsOf({ CERT: client.cert, KEY: cutKey })).toEqual([
      `STORE_TLS_KEY: the key in ${cutKey} is damaged or cut off`,
    ])
  })

  it('of a key that is missing, of another certificate, or locked', () => {
    const { client, server } = certificates
    expect(problemsOf({ CERT: client.cert })).toEqual(['STORE_TLS_KEY must be set with STORE_TLS_CERT'])
    expect(problemsOf({ KEY: client.key })).toEqual(['STORE_TLS_CERT must be set with STORE_TLS_KEY'])
    expect(problemsOf({ CERT: client.cert, KEY: server.key })).toEqual([
      'STORE_TLS_CERT and STORE_TLS_KEY cannot be used together: the key is not that of the certificate',
    ])
    expect(problemsOf(clientOf(locked))).toEqual([
      `STORE_TLS_KEY: the key in ${locked.key} has a passphrase: set STORE_TLS_KEY_PASSWORD to it`,
    ])
    expect(problemsOf({ ...clientOf(locked), PASSWORD: 'wrong' })).toEqual([
      `STORE_TLS_KEY_PASSWORD is not the passphrase of the key in ${locked.key}`,
    ])
  })

  it('of a client certificate that has expired', () => {
    expect(problemsOf(clientOf(expired))).toEqual([
      expect.stringMatching(
        `^STORE_TLS_CERT: the client certificate in ${expired.cert} has expired \\(\\d{4}-.*Z\\): renew it$`,
      ),
    ])
  })

  it('and never with the content, where it was given in place of the path', () => {
    expect(problemsOf({ ...clientOf(certificates.client), KEY: text(certificates.client.key) })).toEqual([
      'STORE_TLS_KEY must be the path of a PEM file, not its content',
    ])
  })
})

it('keeps the files that it read last while others cannot be used, as in the middle of a renewal', () => {
  const { client, server } = certificates
  const [cert, key] = [file('now.pem', text(client.cert)), file('now.key', text(client.key))]
  const read = rereadTlsFiles('STORE', settingsOf({ CERT: cert, KEY: key }))
  const before = { cert: text(client.cert), key: text(client.key) }
  expect(read()).toEqual(before)
  file('now.pem', text(server.cert))
  expect(read()).toEqual(before)
  file('now.key', text(server.key))
  expect(read()).toEqual({ cert: text(server.cert), key: text(server.key) })
  expect(() => rereadTlsFiles('STORE', settingsOf({ CA: at('none.pem') }))()).toThrow('STORE_TLS_CA names a file')
})
