import { randomUUID } from 'node:crypto'

/** A UUIDv7 (RFC 9562 section 5.7) for the millisecond `now`. */
export function uuidV7(now: number): string {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
