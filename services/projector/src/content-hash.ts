import { hash } from 'node:crypto'

/** The first 128 bits of the SHA-256 of `content`, as 32 hex digits. */
export function contentHash(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex').slice(0, 32)
}
