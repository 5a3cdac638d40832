import { describe, expect, it } from 'vitest'
import { stateOfKey } from '../../src/keys/key-record.ts'
import { revokeKeys } from '../../src/keys/revoke-keys.ts'
import { issuedKey, noon } from './random-key.ts'

const later = noon + 60_000

describe('revoking', () => {
  const [first, second, other] = [issuedKey().record, issuedKey().record, issuedKey(undefined, 'other').record]
  const all = [first, second, other]

  it('by id revokes one key, by name all keys of the name', () => {
    expect(revokeKeys(all, second.id, later).result.revoked.map(({ id }) => id)).toEqual([second.id])
    expect(revokeKeys(all, 'loader', later).result.revoked.map(({ id }) => id)).toEqual([first.id, second.id])
    expect(revokeKeys(all, 'nobody', later)).toEqual({ keys: all, result: { revoked: [], already: [] } })
  })

  it('again keeps the first time', () => {
    const { keys } = revokeKeys(all, first.id, later)
    const again = revokeKeys(keys, 'loader', later + 1)
    expect(again.keys[0]?.revokedAt).toBe(new Date(later).toISOString())
    expect(again.result).toMatchObject({ revoked: [{ id: second.id }], already: [{ id: first.id }] })
  })

  it('an expired key keeps it refused', () => {
    const expired = issuedKey(1).record
    expect(revokeKeys([expired], expired.id, later).keys.map((key) => stateOfKey(key, later))).toEqual(['revoked'])
  })
})
