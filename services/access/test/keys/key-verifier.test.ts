import { expect, it } from 'vitest'
import { apiKeyOf } from '../../src/keys/api-key.ts'
import type { KeyRecord } from '../../src/keys/key-record.ts'
import { createKeyVerifier } from '../../src/keys/key-verifier.ts'
import { issuedKey, noon, randomKey } from './random-key.ts'

const verifier = (record: KeyRecord, now = noon) =>
  createKeyVerifier({ find: (id) => (id === record.id ? record : undefined), now: () => now })

it('returns the principal of a key', () => {
  const { key, record } = issuedKey()
  expect(verifier(record)(key.text)).toEqual({ kind: 'key', id: key.id, name: 'loader', scopes: ['ingest'] })
})

it('returns the binding of a bound key', () => {
  const { key, record } = issuedKey()
  const bound = verifier({ ...record, namespaces: ['etl'], prefixes: ['s3://raw'] })
  expect(bound(key.text)).toMatchObject({ binding: { namespaces: ['etl'], prefixes: ['s3://raw'] } })
  const limited = verifier({ ...record, namespaces: ['etl'] })
  expect(limited(key.text)).toMatchObject({ binding: { namespaces: ['etl'], prefixes: undefined } })
})

it('does not look up malformed keys', () => {
  const verify = createKeyVerifier({ find: () => expect.unreachable(), now: () => noon })
  for (const text of ['hw_', 'hw_short_secret', `hw_${'a'.repeat(5_000)}_${'b'.repeat(43)}`]) {
    expect(() => verify(text)).toThrow(expect.objectContaining({ reason: 'malformed' }))
  }
})

it('gives the same error for an unknown id and a wrong secret, and repeats neither', () => {
  const { key, record } = issuedKey()
  const unknown = apiKeyOf(randomKey()).text
  const forged = `hw_${key.id}_${unknown.slice(-43)}`
  const refusals = [unknown, forged].map((text) => {
    try {
      return verifier(record)(text)
    } catch (error) {
      return error as Error
    }
  })
  expect(refusals[0]).toMatchObject({ reason: 'unknown_key', status: 401 })
  expect(refusals[1]).toEqual(refusals[0])
  expect(String(refusals[0])).not.toContain(unknown.slice(3, 19))
})

it('refuses an expired key, with the time', () => {
  const { key, record } = issuedKey(1_000)
  expect(verifier(record, noon + 999)(key.text)).toMatchObject({ id: key.id })
  expect(() => verifier(record, noon + 1_000)(key.text)).toThrow(
    expect.objectContaining({ reason: 'key_expired', message: expect.stringContaining('2026-01-15T12:00:01.000Z') }),
  )
})

it('refuses a revoked key, also an expired one, and reveals that only to holders of the secret', () => {
  const { key, record } = issuedKey(1)
  const revoked = verifier({ ...record, revokedAt: '2026-01-15T12:00:00.000Z' }, noon + 5)
  expect(() => revoked(key.text)).toThrow(expect.objectContaining({ reason: 'key_revoked' }))
  const forged = `hw_${key.id}_${'A'.repeat(43)}`
  expect(() => revoked(forged)).toThrow(expect.objectContaining({ reason: 'unknown_key' }))
})

it('does not accept the hash of one key for another id', () => {
  const { key, record } = issuedKey()
  const other = issuedKey()
  expect(() => verifier({ ...other.record, hash: record.hash })(other.key.text)).toThrow(/Unknown API key/)
  expect(() => verifier({ ...record, hash: other.record.hash })(key.text)).toThrow(/Unknown API key/)
})
