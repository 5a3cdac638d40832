import { hash } from 'node:crypto'

/** An API key, hw_<id>_<secret>. The id is public; only a hash of the whole text is stored. */
export type ApiKey = { readonly id: string; readonly text: string }

const shape = /^hw_([a-z0-9]{8,32})_[A-Za-z0-9_-]{43}$/

export const idBytes = 8
export const secretBytes = 32

/** @param random idBytes + secretBytes random bytes */
export function apiKeyOf(random: Uint8Array): ApiKey {
  const id = Buffer.from(random.subarray(0, idBytes)).toString('hex')
  const secret = Buffer.from(random.subarray(idBytes, idBytes + secretBytes)).toString('base64url')
  return { id, text: `hw_${id}_${secret}` }
}

/** Whether a credential has the prefix of API keys. */
export const looksLikeApiKey = (credential: string): boolean => credential.startsWith('hw_')

/** The id in an API key; undefined for a malformed key. */
export const idOfApiKey = (text: string): string | undefined => shape.exec(text)?.[1]

/** Without salt and slow hashing: a secret of 256 random bits cannot be guessed. */
export const hashOfApiKey = (text: string): string => `sha256:${hash('sha256', text, 'hex')}`
