import type { Batch } from './record-range.ts'

/** Reads the log as a member of a consumer group. */
export interface EventSource {
  /** Batches until `signal` aborts. Stays a member of the group while no batch is taken. */
  batches(signal: AbortSignal): AsyncIterable<Batch>
  /** Commits offsets for Kafka's tools; the tables hold the positions that count. Never throws. */
  commit(batch: Batch): Promise<void>
  /** Pauses or resumes fetching; records that were fetched already still come. */
  setPaused(partitions: readonly number[], paused: boolean): void
  /**
   * Goes on where each partition begins, if that is after what was read, and delivers a range with the gap.
   * @param starts first offset by partition
   */
  skipDeleted(starts: ReadonlyMap<number, number>): Promise<void>
  /**
   * The offset that is read next, by partition that is assigned and not paused. Undefined while something else has to be done first: the
   * positions of an assignment, or the folding of what was read.
   */
  reading(): ReadonlyMap<number, number> | undefined
  close(): Promise<void>
}
