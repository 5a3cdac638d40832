import type { EncodedTable } from './encoded-rows.ts'

/** Where rows go. Each write resolves when its rows are durable; writing rows again changes nothing. */
export interface RowSink {
  write(tables: readonly EncodedTable[]): Promise<void>
  /** Last folded offset by partition, of the tables' generation. */
  positions(topic: string): Promise<ReadonlyMap<number, number>>
}
