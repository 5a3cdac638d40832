import { type Static, Type } from 'typebox'
import type { Binding } from '../binding.ts'
import { type Scope, scopes } from '../scope.ts'

const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Key names are printed and sent in headers without escaping. */
export const isKeyName = (text: string): boolean => name.test(text)

/** A scheme alone, or the beginning of a key without a slash at the end. */
const prefix = /^[a-z0-9][a-z0-9+.-]*:\/\/(?:\S*[^\s/])?$/

const time = (description: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z$', description })

/**
 * One API key in a keys file. Unknown fields are refused: with a misspelt `expiresAt` a key would never expire, and a version that does
 * not know `prefixes` would grant more than the key has.
 */
export const keyRecordSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9]{8,32}$' }),
    name: Type.String({
      pattern: name.source,
      description: 'Shared by the keys of a rotation',
    }),
    hash: Type.String({ pattern: '^sha256:[0-9a-f]{64}$', description: 'Hash of the whole text of the key' }),
    scopes: Type.Array(Type.Enum([...scopes]), { minItems: 1 }),
    namespaces: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), {
        minItems: 1,
        description: 'The key may report jobs in these namespaces only',
      }),
    ),
    prefixes: Type.Optional(
      Type.Array(Type.String({ pattern: prefix.source, maxLength: 2048 }), {
        minItems: 1,
        description: 'The key may write assets under these prefixes only, each in the form of canonical keys',
      }),
    ),
    createdAt: time('ISO 8601 in UTC'),
    expiresAt: Type.Optional(time('The key is refused from this time on')),
    revokedAt: Type.Optional(time('When the key was revoked; it is refused from then on')),
  },
  { additionalProperties: false },
)
export type KeyRecord = Readonly<Static<typeof keyRecordSchema>>

/** What a key may do. */
export type KeyGrant = {
  readonly scopes: readonly Scope[]
  readonly namespaces?: readonly string[] | undefined
  readonly prefixes?: readonly string[] | undefined
}

/** Why scopes and a binding do not fit together, as a sentence for users; undefined when they do. */
export function bindingProblem({ scopes: held, namespaces, prefixes }: KeyGrant): string | undefined {
  if (namespaces === undefined && prefixes === undefined) return undefined
  if (held.includes('admin')) return 'a key with the scope admin cannot be bound: admin changes aliases of every asset'
  if (!held.includes('ingest'))
    return 'a key without the scope ingest cannot be bound: a binding does not limit reading'
  if (namespaces === undefined) {
    return 'prefixes need namespaces: a key that may report the runs of any job can fail runs that wrote other assets'
  }
  return undefined
}

/** The binding of a key; undefined for a key that is not bound. */
export const bindingOf = ({ namespaces, prefixes }: KeyGrant): Binding | undefined =>
  namespaces === undefined && prefixes === undefined ? undefined : { namespaces: namespaces ?? [], prefixes }

export type KeyState = 'active' | 'expired' | 'revoked'

/** @param now epoch milliseconds */
export function stateOfKey(
  { expiresAt, revokedAt }: Pick<KeyRecord, 'expiresAt' | 'revokedAt'>,
  now: number,
): KeyState {
  if (revokedAt !== undefined) return 'revoked'
  return expiresAt !== undefined && Date.parse(expiresAt) <= now ? 'expired' : 'active'
}
