import type { Column } from './native/columns.ts'

export type Columns = Readonly<Record<string, Column>>

/** A table: the columns that the projector writes, and how a row is appended to them. */
export type Table<Of extends Columns, Row> = {
  readonly name: string
  /** Creates empty columns. */
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
