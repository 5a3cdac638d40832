import { type ApiKey, apiKeyOf, hashOfApiKey } from './api-key.ts'
import type { KeysChange } from './change-keys-file.ts'
import type { KeyGrant, KeyRecord } from './key-record.ts'

export type NewKey = KeyGrant & {
  readonly name: string
  /** Undefined for a key that does not expire. */
  readonly lifetimeMs: number | undefined
  /** Epoch milliseconds. */
  readonly now: number
  /** The bytes for `apiKeyOf`. */
  readonly random: Uint8Array
}

/** A new key, shown once, and its stored record. */
export type IssuedKey = { readonly key: ApiKey; readonly record: KeyRecord }

/** Adds a new key. */
export function issueKey(
  keys: readonly KeyRecord[],
  { name, scopes, namespaces, prefixes, lifetimeMs, now, random }: NewKey,
): KeysChange<IssuedKey> {
  const key = apiKeyOf(random)
  const record: KeyRecord = {
    id: key.id,
    name,
    hash: hashOfApiKey(key.text),
    scopes: [...new Set(scopes)],
    ...(namespaces === undefined ? {} : { namespaces: [...new Set(namespaces)] }),
    ...(prefixes === undefined ? {} : { prefixes: [...new Set(prefixes)] }),
    createdAt: new Date(now).toISOString(),
    ...(lifetimeMs === undefined ? {} : { expiresAt: new Date(now + lifetimeMs).toISOString() }),
  }
  return { keys: [...keys, record], result: { key, record } }
}
