import { ArrayColumn, ByteColumn, TextColumn, TupleColumn, UInt128Column } from './native/columns.ts'
import type { ColumnSetRow } from './rows.ts'
import { table } from './table.ts'

export const columnSets = table(
  'column_sets',
  () => ({
    set_id: new UInt128Column(),
    links: new ArrayColumn(
      new TupleColumn({
        column: new TextColumn(),
        input: new TextColumn(),
        input_column: new TextColumn(),
        transformation: new TextColumn(),
        kind: new TextColumn(),
        masking: new ByteColumn('Bool'),
        description: new TextColumn(),
      }),
    ),
  }),
  (columns, { setId, links }: ColumnSetRow) => {
    columns.set_id.add(setId)
    const { elements } = columns.links.element
    for (const link of links) {
      elements.column.add(link.column)
      elements.input.add(link.input)
      elements.input_column.add(link.inputColumn)
      elements.transformation.add(link.transformation)
      elements.kind.add(link.kind)
      elements.masking.add(link.isMasking ? 1 : 0)
      elements.description.add(link.description)
    }
    columns.links.end(links.length)
  },
)
