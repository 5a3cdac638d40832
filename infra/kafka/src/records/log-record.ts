import type { Position } from './position.ts'

/** One record of the log. */
export type LogRecord = Position & {
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** Append time at the broker, epoch milliseconds. */
  readonly recordedAt: number
  /** What a record that is sent again says of the first; undefined for nearly all. */
  readonly retry?: Retry | undefined
}

/** What a record that is sent again says of the one that it repeats. */
export type Retry = {
  /** Its position. */
  readonly of: string | undefined
  /** When the broker appended it, epoch milliseconds. */
  readonly recordedAt: number | undefined
}

/**
 * When the record became known: a record sent again takes its place as if it had come in time, and the tables are those of a
 * projector that accepts the first. Never later than its own append time, which nobody can set.
 */
export function recordedTimeOf({ recordedAt, retry }: LogRecord): number {
  return retry?.recordedAt === undefined ? recordedAt : Math.min(retry.recordedAt, recordedAt)
}
