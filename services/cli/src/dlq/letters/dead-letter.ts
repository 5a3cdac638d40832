import type { Position } from '../../log/position.ts'

/** What an operator decided of a dead letter. */
export type Resolution = {
  readonly kind: 'retried' | 'dropped'
  /** Epoch milliseconds. */
  readonly at: number
  readonly by: string
  /** Of a retried one: where it lies now. */
  readonly retriedAs: string | undefined
  readonly note: string | undefined
}

/** A record that the projector refused, and what became of it. */
export type DeadLetter = {
  /** Where the refused record lies: what a dead letter is known by. */
  readonly position: Position
  readonly code: string
  readonly reason: string
  /** When the broker appended the record, or the first of those that repeat it; epoch milliseconds. */
  readonly recordedAt: number
  /** When it was first refused, as far as the topic still tells; epoch milliseconds. */
  readonly refusedAt: number
  readonly key: Buffer | null
  /** Its bytes; undefined when they had no room in the topic. */
  readonly value: Buffer | undefined
  readonly size: number
  /** Position of the dead letter that it repeats. */
  readonly retryOf: string | undefined
  /** The last decision; undefined while it is open. */
  readonly resolution: Resolution | undefined
}

/** One whose bytes are there to be sent again. */
export type SendableLetter = DeadLetter & { readonly value: Buffer }

export const isSendable = (letter: DeadLetter): letter is SendableLetter => letter.value !== undefined

/** A record of the dead-letter topic. */
export type DeadLetterRecord = {
  readonly key: string | undefined
  readonly value: Buffer | null
  readonly headers: ReadonlyMap<string, Buffer>
  /** Time of the record, epoch milliseconds. */
  readonly at: number
}
