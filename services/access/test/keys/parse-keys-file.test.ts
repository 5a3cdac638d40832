import { expect, it } from 'vitest'
import { KeysFileError } from '../../src/keys/keys-file-error.ts'
import { formatKeysFile, parseKeysFile } from '../../src/keys/parse-keys-file.ts'
import { issuedKey } from './random-key.ts'

const [one, two] = [issuedKey().record, issuedKey(1_000).record]
const text = formatKeysFile([one, two])
const lineOf = (needle: string, from = 0) => text.slice(0, text.indexOf(needle, from)).split('\n').length

it('reads what it writes', () => {
  expect(parseKeysFile(text, 'k')).toEqual([one, two])
  expect(parseKeysFile(formatKeysFile([]), 'k')).toEqual([])
})

it.each([
  ['that is truncated', text.slice(0, text.indexOf('"hash"')), lineOf('"hash"'), 'invalid JSON'],
  ['with a comment', text.replace('"version"', '// x\n"version"'), 2, 'invalid JSON'],
  ['with a trailing comma', text.replace(/\]\n\}\n$/, '],\n}\n'), text.split('\n').length - 1, 'invalid JSON'],
  ['that is empty', '', 1, 'invalid JSON'],
  ['with an unknown field', text.replace('"version"', '"secret": 1,\n  "version"'), 2, 'unknown field'],
  ['with a list', '[]', 1, 'the file is invalid'],
  ['of a later version', text.replace('"version": 1', '"version": 2'), 2, 'version'],
  ['with an unknown scope', text.replace('"ingest"', '"write"'), lineOf('"ingest"'), 'is invalid'],
  ['with a scope as text', text.replace(/\[\s+"ingest"\s+\]/, '"ingest"'), lineOf('"scopes"'), 'scopes is invalid'],
  ['with a secret for a hash', text.replace(one.hash, 'hw_secret'), lineOf(one.hash), 'hash is invalid'],
  ['with a misspelt expiresAt', text.replace('"expiresAt"', '"expiresat"'), lineOf('"expiresAt"'), 'unknown field'],
  [
    'without a hash',
    text.replace(`"hash": "${one.hash}",`, ''),
    lineOf('{', text.indexOf(one.id) - 20),
    'hash is missing',
  ],
  [
    'with an impossible date',
    text.replace('2026-01-15', '2026-13-45'),
    lineOf('2026-01-15'),
    'createdAt is not a valid time',
  ],
  ['with a duplicate id', text.replace(two.id, one.id), lineOf(two.id), 'same id'],
])('refuses a file %s with its line and none of its content', (_, broken, line, problem) => {
  const read = () => parseKeysFile(broken, '/etc/keys.json')
  expect(read).toThrow(KeysFileError)
  expect(read).toThrow(`/etc/keys.json, line ${line}: `)
  expect(read).toThrow(problem)
  expect(read).not.toThrow(/secret|write|expiresat|sha256|loader/)
})

const bound = (grant: object) => formatKeysFile([{ ...one, ...grant }])

it('reads a binding', () => {
  const binding = { namespaces: ['etl', 'spark://app'], prefixes: ['s3://raw', 'dashboard://', 'postgres://db/shop'] }
  expect(parseKeysFile(bound(binding), 'k')).toEqual([{ ...one, ...binding }])
  expect(parseKeysFile(bound({ namespaces: ['etl'] }), 'k')).toEqual([{ ...one, namespaces: ['etl'] }])
})

it.each([
  ['prefixes without namespaces', { prefixes: ['s3://raw'] }, 'prefixes need namespaces'],
  ['admin', { scopes: ['admin', 'ingest'], namespaces: ['etl'] }, 'a key with the scope admin cannot be bound'],
  ['no ingest', { scopes: ['read'], namespaces: ['etl'] }, 'a key without the scope ingest cannot be bound'],
  ['no namespace in the list', { namespaces: [] }, 'namespaces is invalid'],
  ['no prefix in the list', { namespaces: ['etl'], prefixes: [] }, 'prefixes is invalid'],
  ['an empty namespace', { namespaces: [''] }, 'namespaces is invalid'],
  ['a prefix without a scheme', { namespaces: ['etl'], prefixes: ['raw/a'] }, 'prefixes is invalid'],
  ['a prefix that ends with a slash', { namespaces: ['etl'], prefixes: ['s3://raw/'] }, 'prefixes is invalid'],
  ['a prefix with white space', { namespaces: ['etl'], prefixes: ['s3://raw a'] }, 'prefixes is invalid'],
  ['a text for a list', { namespaces: 'etl' }, 'namespaces is invalid'],
  ['a misspelt binding', { namespace: ['etl'] }, 'unknown field'],
])('refuses a key with %s', (_, grant, problem) => {
  expect(() => parseKeysFile(bound(grant), 'k')).toThrow(problem)
})
