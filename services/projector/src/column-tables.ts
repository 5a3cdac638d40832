import { ArrayColumn, ByteColumn, TextColumn, TupleColumn, UInt128Column } from './native/columns.ts'
import type { AssetReadRow, ColumnSetRow } from './rows.ts'
import { table } from './table.ts'

// The tables of column lineage: the columns that are written, by name.

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

export const columnReads = table(
  'column_reads',
  () => ({
    asset: new TextColumn(),
    job_namespace: new TextColumn(),
    job_name: new TextColumn(),
    set_id: new UInt128Column(),
  }),
  (columns, { asset, jobNamespace, jobName, setId }: AssetReadRow) => {
    columns.asset.add(asset)
    columns.job_namespace.add(jobNamespace)
    columns.job_name.add(jobName)
    columns.set_id.add(setId)
  },
)
