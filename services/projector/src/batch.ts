import type { Position } from './position.ts'
import type { Retry } from './retry.ts'

/** One record of the log. */
export type LogRecord = Position & {
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** Append time at the broker, epoch milliseconds. */
  readonly recordedAt: number
  /** What a record that is sent again says of the first; undefined for nearly all. */
  readonly retry?: Retry | undefined
}

/** Records of one partition, in the order of the log. They become objects as they are read, each time anew. */
export type RecordStretch = {
  readonly topic: string
  readonly partition: number
  readonly count: number
  readonly lastOffset: number
  readonly records: Iterable<LogRecord>
}

/** Records of one or more partitions; those of a partition are in order. */
export type Batch = { readonly stretches: readonly RecordStretch[] }

/** A record that is no event, and why. */
export type DeadLetter = { readonly record: LogRecord; readonly code: string; readonly reason: string }
