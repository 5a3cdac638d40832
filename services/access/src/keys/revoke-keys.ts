import type { KeysChange } from './change-keys-file.ts'
import type { KeyRecord } from './key-record.ts'

export type Revocation = { readonly revoked: readonly KeyRecord[]; readonly already: readonly KeyRecord[] }

/** Revokes the key with this id, or else all keys with this name, including expired ones. */
export function revokeKeys(keys: readonly KeyRecord[], idOrName: string, now: number): KeysChange<Revocation> {
  const byId = keys.filter(({ id }) => id === idOrName)
  const chosen = new Set(byId.length > 0 ? byId : keys.filter(({ name }) => name === idOrName))
  const already = [...chosen].filter(({ revokedAt }) => revokedAt !== undefined)
  const revokedAt = new Date(now).toISOString()
  const changed = keys.map((key) => (chosen.has(key) && key.revokedAt === undefined ? { ...key, revokedAt } : key))
  return { keys: changed, result: { revoked: changed.filter((key, index) => keys[index] !== key), already } }
}
