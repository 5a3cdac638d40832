import { randomBytes } from 'node:crypto'
import { idBytes, secretBytes } from '../../src/keys/api-key.ts'
import { type IssuedKey, issueKey } from '../../src/keys/issue-key.ts'

export const randomKey = () => randomBytes(idBytes + secretBytes)
export const noon = Date.UTC(2026, 0, 15, 12)

/** A key with the scope `ingest`, created at noon, and its record. */
export function issuedKey(lifetimeMs?: number, name = 'loader'): IssuedKey {
  return issueKey([], { name, scopes: ['ingest'], lifetimeMs, now: noon, random: randomKey() }).result
}
