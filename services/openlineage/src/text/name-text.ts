import { maxNameLength } from '@headwater/lineage'
import { digest } from './digest.ts'
import { wellFormed } from './well-formed.ts'

/** A name within the limits of names: control characters percent-encoded; a long name is cut and ends with a hash of the whole. */
export function nameText(text: string): string {
  const shown = wellFormed(text).replace(/\p{Cc}/gu, encoded)
  return shown.length <= maxNameLength
    ? shown
    : `${wellFormed(shown.slice(0, maxNameLength - 17))}~${digest(text).slice(0, 16)}`
}

const encoded = (character: string) => `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`
