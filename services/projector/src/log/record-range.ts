import type { LogRecord } from '@headwater/kafka'

/** Consecutive records of one partition. Every iteration over `records` parses them again. */
export type RecordRange = {
  readonly topic: string
  readonly partition: number
  readonly count: number
  /** Offsets before the records, up to `lastOffset` where there are none: their records were deleted from the log before they were read. */
  readonly gap?: { readonly firstOffset: number; readonly lastOffset: number } | undefined
  /** Of the first record, or of the gap before it. */
  readonly firstOffset: number
  readonly lastOffset: number
  /** Whether some records have the time of their producer, not that of the broker. */
  readonly hasProducerTimes?: boolean
  readonly records: Iterable<LogRecord>
}

/** Records of one or more partitions; those of a partition are in order. */
export type Batch = { readonly ranges: readonly RecordRange[] }
