import type { DeadLetterRecord } from '../../src/dlq/letters/dead-letter.ts'
import { resolutionKey } from '../../src/dlq/letters/fold-dead-letters.ts'

const record = (key: string, value: Buffer | null, at: number, headers: Readonly<Record<string, string>>) =>
  ({
    key,
    value,
    at,
    headers: new Map(Object.entries(headers).map(([name, text]) => [`headwater-${name}`, Buffer.from(text)])),
  }) satisfies DeadLetterRecord

/** The dead letter that the projector writes for a refused record. */
export const refusal = (position: string, at = 1_000, headers: Readonly<Record<string, string>> = {}) =>
  record(position, Buffer.from(`value of ${position}`), at, {
    'reason-code': 'NOT_FRAMED',
    reason: 'Payload starts with byte 118, not with 0',
    position,
    'recorded-at': '900',
    ...headers,
  })

/** The record that a command writes for a decision. */
export const decision = (position: string, kind: string, at = 2_000, headers: Readonly<Record<string, string>> = {}) =>
  record(resolutionKey(position), Buffer.alloc(0), at, {
    resolution: kind,
    'resolved-at': String(at),
    'resolved-by': 'ann',
    ...headers,
  })

export const tombstone = (key: string) => record(key, null, 3_000, {})
