import type { LogRecord } from '@headwater/kafka'

/** Records of one partition, in the order of the log. They become objects as they are read, each time anew. */
export type RecordRange = {
  readonly topic: string
  readonly partition: number
  readonly count: number
  readonly lastOffset: number
  readonly records: Iterable<LogRecord>
}

/** Records of one or more partitions; those of a partition are in order. */
export type Batch = { readonly ranges: readonly RecordRange[] }
