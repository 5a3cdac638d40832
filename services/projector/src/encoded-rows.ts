import { RowBinaryWriter } from './row-binary.ts'
import type { RowCollector, Table } from './table.ts'

/** The rows of one table as bytes to insert. */
export type EncodedTable = {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: number
  readonly bytes: Buffer
}

// Holds: rows become bytes at once, so that a batch of many thousand rows keeps no objects alive.

/** Collects rows of any table as RowBinary. */
export class EncodedRows implements RowCollector {
  readonly #writers = new Map<string, { columns: readonly string[]; out: RowBinaryWriter }>()

  add<Row>(table: Table<Row>, row: Row): void {
    let writer = this.#writers.get(table.name)
    if (writer === undefined) {
      writer = { columns: table.columns, out: new RowBinaryWriter() }
      this.#writers.set(table.name, writer)
    }
    table.write(writer.out, row)
    writer.out.rows++
  }

  tables(): readonly EncodedTable[] {
    return [...this.#writers].map(([name, { columns, out }]) => ({ name, columns, rows: out.rows, bytes: out.bytes() }))
  }
}
