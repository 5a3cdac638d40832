import { type Static, Type } from 'typebox'
import { scopes } from '../scope.ts'

const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Key names are printed and sent in headers without escaping. */
export const isKeyName = (text: string): boolean => name.test(text)

const time = (description: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z$', description })

/** One API key in a keys file. Unknown fields are refused: with a misspelt `expiresAt` a key would never expire. */
export const keyRecordSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9]{8,32}$' }),
    name: Type.String({
      pattern: name.source,
      description: 'Shared by the keys of a rotation',
    }),
    hash: Type.String({ pattern: '^sha256:[0-9a-f]{64}$', description: 'Hash of the whole text of the key' }),
    scopes: Type.Array(Type.Enum([...scopes]), { minItems: 1 }),
    createdAt: time('ISO 8601 in UTC'),
    expiresAt: Type.Optional(time('The key is refused from this time on')),
    revokedAt: Type.Optional(time('When the key was revoked; it is refused from then on')),
  },
  { additionalProperties: false },
)
export type KeyRecord = Readonly<Static<typeof keyRecordSchema>>

export type KeyState = 'active' | 'expired' | 'revoked'

/** @param now epoch milliseconds */
export function stateOfKey(
  { expiresAt, revokedAt }: Pick<KeyRecord, 'expiresAt' | 'revokedAt'>,
  now: number,
): KeyState {
  if (revokedAt !== undefined) return 'revoked'
  return expiresAt !== undefined && Date.parse(expiresAt) <= now ? 'expired' : 'active'
}
