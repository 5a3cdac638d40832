import type { RowBinaryWriter } from './row-binary.ts'

/** A table, the columns written, and how a row becomes bytes in that order. */
export type Table<Row> = {
  readonly name: string
  readonly columns: readonly string[]
  readonly write: (out: RowBinaryWriter, row: Row) => void
}

export interface RowCollector {
  add<Row>(table: Table<Row>, row: Row): void
}
