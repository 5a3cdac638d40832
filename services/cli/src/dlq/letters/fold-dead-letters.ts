import { deadLetterId, formatPosition } from '@headwater/kafka'
import { recordHeaders } from '@headwater/schemas'
import { type DeadLetter, type DeadLetterRecord, isWholeBatch, type Resolution } from './dead-letter.ts'
import { parseLetterName } from './letter-name.ts'

// Holds: a dead letter depends only on the records with its id, in their order, and on decisions of earlier versions about its position. The projector may write the same one again,
// after a crash or during a rebuild: a copy changes nothing, and does not reopen what was resolved. The latest decision counts. A retry
// that is refused again is another dead letter, at the position of the new record.

/** The state of the fold: letters by id, decisions by id or, of earlier versions, by position. A decision may come first, since compaction removes older copies of letters. */
export class DeadLetters {
  readonly #letters = new Map<string, DeadLetter>()
  readonly #idsAt = new Map<string, Set<string>>()
  readonly #resolutions = new Map<string, Resolution>()

  /** Adds a record; records of one key must come in the order of the topic. */
  add(record: DeadLetterRecord): void {
    const { key } = record
    if (key === undefined) return
    const decided = idOfResolution(key)
    if (decided !== undefined) this.#decide(decided, record)
    else if (record.value === null) this.#delete(key)
    else this.#letter(key, record)
  }

  /** Every dead letter, latest first. */
  all(): readonly DeadLetter[] {
    return [...this.#letters.values()]
      .map((letter) => ({ ...letter, resolution: this.#resolutionOf(letter) }))
      .sort((a, b) => b.refusedAt - a.refusedAt || comparePositions(b, a))
  }

  /** A decision about a position concerns the record that was there when it was made. */
  #resolutionOf({ id, position, recordedAt }: DeadLetter): Resolution | undefined {
    const [own, atPosition] = [this.#resolutions.get(id), this.#resolutions.get(formatPosition(position))]
    if (own !== undefined || atPosition === undefined) return own
    return atPosition.at >= recordedAt ? atPosition : undefined
  }

  /** A tombstone, which an operator may write to delete a dead letter, or by the key of earlier versions those at a position. */
  #delete(key: string): void {
    for (const id of this.#idsAt.get(key) ?? [key]) this.#letters.delete(id)
  }

  #decide(id: string, record: DeadLetterRecord): void {
    const resolution = resolutionIn(record)
    if (resolution !== undefined) this.#resolutions.set(id, resolution)
    else if (record.value === null) this.#resolutions.delete(id)
  }

  #letter(key: string, record: DeadLetterRecord): void {
    const letter = letterIn(key, record)
    if (letter === undefined) return
    const refusedAt = Math.min(letter.refusedAt, this.#letters.get(letter.id)?.refusedAt ?? letter.refusedAt)
    this.#letters.set(letter.id, { ...letter, refusedAt })
    const position = formatPosition(letter.position)
    this.#idsAt.set(position, (this.#idsAt.get(position) ?? new Set()).add(letter.id))
  }
}

const suffix = ':resolution'

/** The message key of decisions about a dead letter. */
export const resolutionKey = (id: string): string => `${id}${suffix}`

const idOfResolution = (key: string): string | undefined =>
  key.endsWith(suffix) ? key.slice(0, -suffix.length) : undefined

function letterIn(key: string, { value, headers, at }: DeadLetterRecord): DeadLetter | undefined {
  const position = parseLetterName(key)?.position
  if (position === undefined || value === null) return undefined // not written by Headwater
  const omitted = text(headers, recordHeaders.omittedBytes)
  const code = text(headers, recordHeaders.reasonCode) ?? 'UNKNOWN'
  const recordedAt = text(headers, recordHeaders.recordedAt)
  return {
    id: deadLetterId(formatPosition(position), isWholeBatch({ code }) ? undefined : recordedAt),
    position,
    code,
    reason: text(headers, recordHeaders.reason) ?? '',
    recordedAt: Number(recordedAt ?? Number.NaN) || at,
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
