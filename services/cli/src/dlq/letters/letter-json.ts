import { formatPosition } from '@headwater/kafka'
import { headerLength, schemaIdOf } from '@headwater/schemas'
import type { DeadLetter } from './dead-letter.ts'

/** The JSON of a dead letter, without its value. */
export function letterJson(letter: DeadLetter) {
  const { id, position, code, reason, recordedAt, refusedAt, key, value, size, retryOf, resolution } = letter
  return {
    id,
    position: formatPosition(position),
    code,
    reason,
    recordedAt: new Date(recordedAt).toISOString(),
    refusedAt: new Date(refusedAt).toISOString(),
    key: key?.toString() ?? null,
    size,
    schemaId: (value && schemaIdIn(value)) ?? null,
    retryOf: retryOf ?? null,
    resolution:
      resolution === undefined
        ? null
        : {
            kind: resolution.kind,
            at: new Date(resolution.at).toISOString(),
            by: resolution.by,
            retriedAs: resolution.retriedAs ?? null,
            note: resolution.note ?? null,
          },
  }
}

/** The schema id in the bytes, if they are in Confluent's wire format. */
export const schemaIdIn = (value: Buffer): number | undefined =>
  value.length >= headerLength && value[0] === 0 ? schemaIdOf(value) : undefined
