import type { Position } from './position.ts'

/** One record of the log. */
export type LogRecord = Position & {
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** Append time at the broker, epoch milliseconds. */
  readonly recordedAt: number
}

/** Records of one or more partitions; those of a partition are contiguous and in order. */
export type Batch = { readonly records: readonly LogRecord[] }

/** A record that is no event, and why. */
export type DeadLetter = { readonly record: LogRecord; readonly code: string; readonly reason: string }
