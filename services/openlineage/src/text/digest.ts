import { hash } from 'node:crypto'

/** SHA-256 as 64 hexadecimal digits. */
export const digest = (text: string): string => hash('sha256', text)

/** A UUID (version 8, RFC 9562) made of the SHA-256 of `text`: equal texts give equal ids. */
export function digestUuid(text: string): string {
  const hex = digest(text)
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0b0011) | 0b1000).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
