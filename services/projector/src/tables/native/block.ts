import { ByteWriter } from './byte-writer.ts'
import type { Column } from './columns.ts'

/** Rows as one block of the Native format: the number of columns and of rows, then each column with its name and type. */
export function blockParts(columns: Readonly<Record<string, Column>>, rows: number): readonly Buffer[] {
  const entries = Object.entries(columns)
  const head = new ByteWriter(1 << 6)
  head.varint(entries.length)
  head.varint(rows)
  return [
    head.bytes(),
    ...entries.flatMap(([name, column]) => {
      const title = new ByteWriter(1 << 7)
      title.utf8(name)
      title.utf8(column.type)
      return [title.bytes(), ...column.parts()]
    }),
  ]
}
