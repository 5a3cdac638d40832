import { createHash } from 'node:crypto'
import type { Hash128 } from '../../tables/hash128.ts'

/** The first 128 bits of the SHA-256 of a text. */
export function contentHash(text: string): Hash128 {
  const digest = createHash('sha256').update(text).digest()
  return [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), digest.readInt32LE(12)]
}
