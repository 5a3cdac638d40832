import type { KeysChange } from './change-keys-file.ts'
import { type IssuedKey, issueKey } from './issue-key.ts'
import { type KeyGrant, type KeyRecord, stateOfKey } from './key-record.ts'

export type Rotation = {
  readonly name: string
  /** How long the replaced keys stay valid. */
  readonly overlapMs: number
  /** Undefined for the lifetime of the replaced key. */
  readonly lifetimeMs: number | undefined
  readonly now: number
  readonly random: Uint8Array
}

export type RotatedKey = IssuedKey & { readonly replaced: readonly KeyRecord[] }

/** Replaces the active keys of a name by a new one; they expire after the overlap. Undefined if the name has no active key. */
export function rotateKey(keys: readonly KeyRecord[], rotation: Rotation): KeysChange<RotatedKey> | undefined {
  const { name, overlapMs, now, random } = rotation
  const isReplaced = (key: KeyRecord) => key.name === name && stateOfKey(key, now) === 'active'
  const latest = keys.findLast(isReplaced)
  if (latest === undefined) return undefined
  const until = now + overlapMs
  const changed = keys.map((key) => (isReplaced(key) ? { ...key, expiresAt: earlier(key.expiresAt, until) } : key))
  const replaced = changed.filter((_, index) => keys[index] !== changed[index])
  const lifetimeMs = rotation.lifetimeMs ?? lifetimeOf(latest)
  const issued = issueKey(changed, { ...{ name, lifetimeMs, now, random }, ...bound(latest) })
  return { keys: issued.keys, result: { ...issued.result, replaced } }
}

const bound = ({ scopes, namespaces, prefixes }: KeyRecord): KeyGrant => ({ scopes, namespaces, prefixes })

const earlier = (expiresAt: string | undefined, until: number) =>
  new Date(Math.min(until, expiresAt === undefined ? until : Date.parse(expiresAt))).toISOString()

const lifetimeOf = ({ createdAt, expiresAt }: KeyRecord) =>
  expiresAt === undefined ? undefined : Date.parse(expiresAt) - Date.parse(createdAt)
