import { blockParts } from './native/block.ts'
import type { Columns, RowCollector, Table } from './table.ts'

/** The rows of one table as bytes to insert. */
export type EncodedTable = {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: number
  /** A block of ClickHouse's Native format, in pieces. */
  readonly parts: readonly Buffer[]
}

type Filling = { readonly columns: Columns; rows: number }

// Holds: rows become bytes at once, so that a batch of many thousand rows keeps no objects alive.

/** Collects rows of any table. */
export class EncodedRows implements RowCollector {
  readonly #tables = new Map<string, Filling>()

  add<Of extends Columns, Row>(table: Table<Of, Row>, row: Row): void {
    let filling = this.#tables.get(table.name)
    if (filling === undefined) {
      filling = { columns: table.columns(), rows: 0 }
      this.#tables.set(table.name, filling)
    }
    table.add(filling.columns as Of, row)
    filling.rows++
  }

  tables(): readonly EncodedTable[] {
    return [...this.#tables]
      .filter(([, { rows }]) => rows > 0)
      .map(([name, { columns, rows }]) => ({
        name,
        columns: Object.keys(columns),
        rows,
        parts: blockParts(columns, rows),
      }))
  }

  /** Drops the rows and keeps their memory for the next. Invalidates what `tables` returned. */
  clear(): void {
    for (const filling of this.#tables.values()) {
      filling.rows = 0
      for (const column of Object.values(filling.columns)) column.clear()
    }
  }
}
