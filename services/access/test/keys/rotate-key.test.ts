import { describe, expect, it } from 'vitest'
import { stateOfKey } from '../../src/keys/key-record.ts'
import { rotateKey } from '../../src/keys/rotate-key.ts'
import { issuedKey, noon, randomKey } from './random-key.ts'

const later = noon + 60_000
const rotate = (keys: Parameters<typeof rotateKey>[0], overlapMs: number, lifetimeMs?: number) =>
  rotateKey(keys, { name: 'loader', overlapMs, lifetimeMs, now: later, random: randomKey() })
const iso = (at: number) => new Date(at).toISOString()

describe('a rotation', () => {
  it('adds a key of the same name and scopes; both are valid until the overlap ends', () => {
    const { record } = issuedKey()
    const { keys = [], result } = rotate([record], 5_000) ?? {}
    expect(result?.record).toMatchObject({ name: 'loader', scopes: ['ingest'], createdAt: iso(later) })
    expect(result?.record).not.toHaveProperty('expiresAt')
    expect(result?.replaced).toEqual([{ ...record, expiresAt: iso(later + 5_000) }])
    const states = (now: number) => keys.map((key) => stateOfKey(key, now))
    expect(states(later + 4_999)).toEqual(['active', 'active'])
    expect(states(later + 5_000)).toEqual(['expired', 'active'])
  })

  it('keeps the binding', () => {
    const binding = { namespaces: ['etl'], prefixes: ['s3://raw'] }
    const bound = { ...issuedKey().record, ...binding }
    expect(rotate([bound], 0)?.result.record).toMatchObject(binding)
    expect(rotate([issuedKey().record], 0)?.result.record).not.toHaveProperty('prefixes')
  })

  it('does not extend the lifetime of the replaced key', () => {
    const { record } = issuedKey(61_000)
    expect(rotate([record], 5_000)?.keys[0]).toEqual(record)
  })

  it('gives the new key the lifetime of the replaced one, or the requested one', () => {
    const { record } = issuedKey(100_000)
    expect(rotate([record], 0)?.result.record.expiresAt).toBe(iso(later + 100_000))
    expect(rotate([record], 0, 7)?.result.record.expiresAt).toBe(iso(later + 7))
  })

  it('without an overlap expires the replaced key at once', () => {
    expect(stateOfKey(rotate([issuedKey().record], 0)?.keys[0] ?? {}, later)).toBe('expired')
  })

  it('needs an active key of the name, and changes no key of another name', () => {
    const other = issuedKey(undefined, 'other').record
    expect(rotate([other, issuedKey(1).record], 5_000)).toBeUndefined()
    expect(rotate([other, issuedKey().record], 5_000)?.keys[0]).toBe(other)
  })
})
