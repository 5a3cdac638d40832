import { hash } from 'node:crypto'

/** A hash: a text whose characters are bytes. The first 16 of them, 128 bits, are stored. */
export type Hash128 = string & { readonly __hash128?: never }

/** The SHA-256 of `content`. Not cut to what is stored, for a part of a text is slower to read than a text. */
export function contentHash(content: string | Uint8Array): Hash128 {
  return hash('sha256', content, 'binary')
}
