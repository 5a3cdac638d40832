import { randomFillSync } from 'node:crypto'

const pool = Buffer.allocUnsafe(10 * 256)
let used = pool.length

/** A UUIDv7 (RFC 9562 section 5.7) for the millisecond `now`: sorts by time across milliseconds, random within one. */
export function uuidV7(now: number): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.toString('hex', used, used + 10)
  used += 10
  const time = now.toString(16).padStart(12, '0')
  const variant = (8 + (Number.parseInt(random.charAt(3), 16) & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`
}
