import type { Position } from '@headwater/kafka'

/** An operator's decision about a dead letter. */
export type Resolution = {
  readonly kind: 'retried' | 'dropped'
  /** Epoch milliseconds. */
  readonly at: number
  readonly by: string
  /** The position of the new record, if it was retried. */
  readonly retriedAs: string | undefined
  readonly note: string | undefined
}

/** A record that could not be folded, and its resolution. */
export type DeadLetter = {
  /** Identifies it, also among those of a topic that was created again: its position and when it was recorded. */
  readonly id: string
  /** The position of the refused record. */
  readonly position: Position
  readonly code: string
  readonly reason: string
  /** When the broker appended the record, or the first record that it repeats; epoch milliseconds. */
  readonly recordedAt: number
  /** When it was first refused, as far as the topic still holds that; epoch milliseconds. */
  readonly refusedAt: number
  readonly key: Buffer | null
  /** Its bytes; undefined when they were too large for the topic. */
  readonly value: Buffer | undefined
  readonly size: number
  /** Position of the dead letter that it retries. */
  readonly retryOf: string | undefined
  /** The latest decision; undefined while the dead letter is open. */
  readonly resolution: Resolution | undefined
}

/** A dead letter whose bytes are available, so that it can be sent again. */
export type SendableLetter = DeadLetter & { readonly value: Buffer }

export const isSendable = (letter: DeadLetter): letter is SendableLetter =>
  letter.value !== undefined && !isWholeBatch(letter)

/** The bytes are a batch of records as the broker sent it, which is no record that could be sent. */
export const isWholeBatch = ({ code }: Pick<DeadLetter, 'code'>): boolean => code === 'UNREADABLE_BATCH'

/** A record of the dead-letter topic. */
export type DeadLetterRecord = {
  readonly key: string | undefined
  readonly value: Buffer | null
  readonly headers: ReadonlyMap<string, Buffer>
  /** Time of the record, epoch milliseconds. */
  readonly at: number
}
