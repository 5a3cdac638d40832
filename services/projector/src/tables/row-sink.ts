import type { EncodedTable } from './encoded-rows.ts'

/** Stores rows. A write resolves when its rows are durable; writing the same rows again changes nothing. */
export interface RowSink {
  write(tables: readonly EncodedTable[]): Promise<void>
  /** Last folded offset by partition, for the generation of the tables. */
  positions(topic: string): Promise<ReadonlyMap<number, number>>
}
