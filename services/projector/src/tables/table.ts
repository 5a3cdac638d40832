import type { Column } from './native/columns.ts'

export type Columns = Readonly<Record<string, Column>>

/** A table, the columns that are written, and how a row goes into them. */
export type Table<Of extends Columns, Row> = {
  readonly name: string
  /** New columns, empty. */
  readonly columns: () => Of
  readonly add: (columns: Of, row: Row) => void
}

export const table = <Of extends Columns, Row>(
  name: string,
  columns: () => Of,
  add: (columns: Of, row: Row) => void,
): Table<Of, Row> => ({ name, columns, add })

export interface RowCollector {
  add<Of extends Columns, Row>(table: Table<Of, Row>, row: Row): void
}
