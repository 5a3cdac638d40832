import type { EventType } from '@headwater/schemas'
import { canonicalJson } from '../text/canonical-json.ts'
import { digest } from '../text/digest.ts'

/** A UUID (version 8) made of what an event says: the same content has the same id, so a repeated delivery is one event. */
export function contentId(type: EventType, content: object): string {
  const hex = digest(`${type}\n${canonicalJson(content)}`)
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0b0011) | 0b1000).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
