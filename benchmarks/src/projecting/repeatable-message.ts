import { encodeEvent, type HeadwaterEvent, headerLength, messageKey, type SchemaIds } from '@headwater/schemas'
import type { LogMessage } from './workload.ts'

/** A message whose runs can be made other ones without encoding it again. */
export type RepeatableMessage = LogMessage & { readonly occurredAt: number; readonly uuidEnds: readonly number[] }

export const dayMs = 86_400_000

export function repeatable(event: HeadwaterEvent, ids: SchemaIds): RepeatableMessage {
  const value = encodeEvent(event, ids)
  const isRun = event.type === 'MaterializationEvent'
  return { key: messageKey(event), value, isRun, occurredAt: event.event.occurredAt, uuidEnds: uuidEndsOf(value) }
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const uuidEndsOf = (value: Buffer): readonly number[] =>
  [...value.toString('latin1').matchAll(uuid)].map(({ index }) => index + 36)

const idLength = 36
/** After the event id and the byte that states its length. */
const timeStart = headerLength + 1 + idLength

/** The message of a later pass: every UUID (event, run, parent, whatever the tool calls by one) is another, and it occurred `pass` days later. */
export function repeated({ key, value, isRun, occurredAt, uuidEnds }: RepeatableMessage, pass: number): LogMessage {
  if (pass === 0) return { key, value, isRun }
  const suffix = pass.toString(16).padStart(4, '0')
  const again = Buffer.from(value)
  for (const end of uuidEnds) again.write(suffix, end - suffix.length, 'latin1')
  writeTime(again, occurredAt + pass * dayMs)
  return { key: isRun ? `${key.slice(0, -suffix.length)}${suffix}` : key, value: again, isRun }
}

/** A time of this century takes six bytes, zigzag encoded, whichever it is. */
function writeTime(bytes: Buffer, epochMs: number): void {
  let rest = epochMs * 2
  for (let at = 0; at < 6; at++) {
    bytes[timeStart + at] = at < 5 ? (rest % 0x80) | 0x80 : rest
    rest = Math.floor(rest / 0x80)
  }
}
