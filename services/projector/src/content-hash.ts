import { hash } from 'node:crypto'

/** 128 bits: a text of 16 characters, each a byte. */
export type Hash128 = string & { readonly __hash128?: never }

/** The first 128 bits of the SHA-256 of `content`. */
export function contentHash(content: string | Uint8Array): Hash128 {
  return hash('sha256', content, 'binary').slice(0, 16)
}
