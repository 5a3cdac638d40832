import { timingSafeEqual } from 'node:crypto'
import { AccessError } from '../access-error.ts'
import type { Principal } from '../principal.ts'
import { hashOfApiKey, idOfApiKey } from './api-key.ts'
import { bindingOf, type KeyRecord, stateOfKey } from './key-record.ts'

export type KeyVerifierOptions = {
  readonly find: (id: string) => KeyRecord | undefined
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Verifies API keys. Throws AccessError, whose reason is `unknown_key` unless the caller has the complete key. */
export const createKeyVerifier =
  ({ find, now }: KeyVerifierOptions) =>
  (text: string): Principal => {
    const id = idOfApiKey(text)
    if (id === undefined) throw new AccessError('malformed', 'Malformed API key; expected hw_<id>_<secret>')
    const record = find(id)
    if (record === undefined || !isEqual(hashOfApiKey(text), record.hash)) {
      throw new AccessError('unknown_key', 'Unknown API key')
    }
    const { name, scopes } = record
    switch (stateOfKey(record, now())) {
      case 'revoked':
        throw new AccessError('key_revoked', `API key ${id} (${name}) was revoked at ${record.revokedAt}`)
      case 'expired':
        throw new AccessError('key_expired', `API key ${id} (${name}) expired at ${record.expiresAt}`)
      case 'active':
        return { kind: 'key', id, name, scopes, binding: bindingOf(record) }
    }
  }

const isEqual = (left: string, right: string) =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
