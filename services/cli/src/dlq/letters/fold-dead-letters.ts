import { recordHeaders } from '@headwater/schemas'
import { parsePosition } from '../../log/parse-positions.ts'
import type { DeadLetter, DeadLetterRecord, Resolution } from './dead-letter.ts'

// Holds: a dead letter depends only on the records with its position, in their order. The projector may write the same one again,
// after a crash or during a rebuild: a copy changes nothing, and does not reopen what was resolved. The latest decision counts. A retry
// that is refused again is another dead letter, at the position of the new record.

/** The state of the fold: letters and decisions by position. A decision may come first, since compaction removes older copies of letters. */
export class DeadLetters {
  readonly #letters = new Map<string, DeadLetter>()
  readonly #resolutions = new Map<string, Resolution>()

  /** Adds a record; records of one key must come in the order of the topic. */
  add(record: DeadLetterRecord): void {
    const { key } = record
    if (key === undefined) return
    const decided = positionOfResolution(key)
    if (decided !== undefined) this.#decide(decided, record)
    else if (record.value === null)
      this.#letters.delete(key) // a tombstone, which an operator may write to delete a dead letter
    else this.#letter(key, record)
  }

  /** Every dead letter, latest first. */
  all(): readonly DeadLetter[] {
    return [...this.#letters]
      .map(([position, letter]) => ({ ...letter, resolution: this.#resolutions.get(position) }))
      .sort((a, b) => b.refusedAt - a.refusedAt || comparePositions(b, a))
  }

  #decide(position: string, record: DeadLetterRecord): void {
    const resolution = resolutionIn(record)
    if (resolution !== undefined) this.#resolutions.set(position, resolution)
    else if (record.value === null) this.#resolutions.delete(position)
  }

  #letter(key: string, record: DeadLetterRecord): void {
    const letter = letterIn(key, record)
    if (letter === undefined) return
    const refusedAt = Math.min(letter.refusedAt, this.#letters.get(key)?.refusedAt ?? letter.refusedAt)
    this.#letters.set(key, { ...letter, refusedAt })
  }
}

const suffix = ':resolution'

/** The message key of decisions about the dead letter at `position`. */
export const resolutionKey = (position: string): string => `${position}${suffix}`

const positionOfResolution = (key: string): string | undefined =>
  key.endsWith(suffix) ? key.slice(0, -suffix.length) : undefined

function letterIn(key: string, { value, headers, at }: DeadLetterRecord): DeadLetter | undefined {
  const position = parsePosition(key)
  if (position === undefined || value === null) return undefined // not written by Headwater
  const omitted = text(headers, recordHeaders.omittedBytes)
  return {
    position,
    code: text(headers, recordHeaders.reasonCode) ?? 'UNKNOWN',
    reason: text(headers, recordHeaders.reason) ?? '',
    recordedAt: Number(text(headers, recordHeaders.recordedAt) ?? Number.NaN) || at,
    refusedAt: at,
    key: headers.get(recordHeaders.key) ?? null,
    value: omitted === undefined ? value : undefined,
    size: Number(omitted ?? value.length),
    retryOf: text(headers, recordHeaders.retryOf),
    resolution: undefined,
  }
}

function resolutionIn({ headers, at }: DeadLetterRecord): Resolution | undefined {
  const kind = text(headers, recordHeaders.resolution)
  if (kind !== 'retried' && kind !== 'dropped') return undefined
  return {
    kind,
    at: Number(text(headers, recordHeaders.resolvedAt) ?? Number.NaN) || at,
    by: text(headers, recordHeaders.resolvedBy) ?? 'unknown',
    retriedAs: text(headers, recordHeaders.retriedAs),
    note: text(headers, recordHeaders.note),
  }
}

const text = (headers: ReadonlyMap<string, Buffer>, name: string): string | undefined => headers.get(name)?.toString()

function comparePositions({ position: a }: DeadLetter, { position: b }: DeadLetter): number {
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition || a.offset - b.offset
}
