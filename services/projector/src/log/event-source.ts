import type { Batch } from './record-range.ts'

/** Where records come from. */
export interface EventSource {
  /** Batches until `signal` aborts. While nothing is taken, membership of the group is kept. */
  batches(signal: AbortSignal): AsyncIterable<Batch>
  /** Tells the broker how far this group is: a hint for its tools, since the tables know. Never throws. */
  commit(batch: Batch): Promise<void>
  /** Fetches no more of these partitions until told otherwise; what was fetched still comes. */
  setPaused(partitions: readonly number[], paused: boolean): void
  close(): Promise<void>
}
