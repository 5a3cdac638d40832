import type { Position } from './position.ts'

/** One record of the log. */
export type LogRecord = Position & {
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** Append time at the broker, epoch milliseconds. */
  readonly recordedAt: number
  /** Set on records that were sent again by a retry: which record they repeat. Undefined for nearly all records. */
  readonly retry?: Retry | undefined
}

/** From the headers of a record that repeats a dead letter. */
export type Retry = {
  /** Position of the repeated record. */
  readonly of: string | undefined
  /** When the broker appended the repeated record, epoch milliseconds. */
  readonly recordedAt: number | undefined
}

/**
 * When the record counts as recorded, epoch milliseconds. A retried record counts from the append time of the record it repeats, so the
 * tables equal those of a projector that accepted the first one. Never later than its own append time, which producers cannot set.
 */
export function recordedTimeOf({ recordedAt, retry }: LogRecord): number {
  return retry?.recordedAt === undefined ? recordedAt : Math.min(retry.recordedAt, recordedAt)
}
