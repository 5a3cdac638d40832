import { createHash } from 'node:crypto'
import { completeEvent, type EventDefaults, eventWithoutSecrets } from '@headwater/lineage'
import { type HeadwaterEvent, uuidV7 } from '@headwater/schemas'
import { invalidEvent } from '../errors.ts'
import { gatewayVersion } from './gateway-version.ts'

/**
 * The event in a JSON value of `POST /api/v1/events`, without secrets. If it has `occurredAt` or `eventId`, missing ids are derived from its content, so
 * that a retry gives the same event. Without either, each request is a new event.
 * @throws GatewayError INVALID_EVENT
 */
export function nativeEventOf(value: unknown, now: number): HeadwaterEvent {
  const defaults: EventDefaults = { now, uuid: uuidsFor(value, now), producer: gatewayVersion }
  const result = completeEvent(value, defaults)
  if ('type' in result) return eventWithoutSecrets(result)
  throw invalidEvent(result)
}

function uuidsFor(value: unknown, now: number): () => string {
  if (typeof value !== 'object' || value === null) return () => uuidV7(now)
  const { occurredAt, eventId } = value as { readonly occurredAt?: unknown; readonly eventId?: unknown }
  if (occurredAt === undefined && eventId === undefined) return () => uuidV7(now)
  let made = 0
  let text: string | undefined
  return () => {
    text ??= JSON.stringify(value)
    return contentUuid(`${made++}:${text}`)
  }
}

/** A UUIDv8 (RFC 9562 section 5.8) of a text. */
function contentUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
