import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readTlsFiles } from '../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'headwater-tls-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(files: { readonly CA?: string; readonly CERT?: string; readonly KEY?: string }) {
  const problems: string[] = []
  const { CA = '', CERT = '', KEY = '' } = files
  const found = readTlsFiles('STORE', { STORE_TLS_CA: CA, STORE_TLS_CERT: CERT, STORE_TLS_KEY: KEY }, problems)
  return { found, problems }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

it('reads nothing when no variable is set', () => {
  expect(read({})).toEqual({ found: undefined, problems: [] })
})

it('names the variable of a file that is missing or no PEM file, and a certificate without its key', () => {
  expect(read({ CA: join(folder, 'none.pem') }).problems).toEqual([
    'STORE_TLS_CA names a file that cannot be read (ENOENT)',
  ])
  expect(read({ CA: file('page.html', '<html>') }).problems).toEqual([
    'STORE_TLS_CA must name a PEM file, which begins with -----BEGIN',
  ])
  const pem = file('some.pem', '-----BEGIN CERTIFICATE-----\n')
  expect(read({ CERT: pem }).problems).toEqual(['STORE_TLS_KEY must be set with STORE_TLS_CERT'])
  expect(read({ KEY: pem }).problems).toEqual(['STORE_TLS_CERT must be set with STORE_TLS_KEY'])
})

it('names files that TLS cannot use', () => {
  const pem = file('cut.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n')
  expect(read({ CERT: pem, KEY: pem }).problems).toEqual([
    expect.stringMatching(/^STORE_TLS_\* files cannot be used together: /),
  ])
})
