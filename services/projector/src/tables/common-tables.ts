import {
  ArrayColumn,
  ByteColumn,
  Date32Column,
  DateTime64Column,
  TextColumn,
  TupleColumn,
  UInt128Column,
} from './native/columns.ts'
import type { AssetReadRow, AssetSightingRow, AssetWriteRow, ColumnSetRow, InputSetRow } from './rows.ts'
import { table } from './table.ts'

// Tables of rows that many events share: the columns that the projector writes, by name.

export const inputSets = table(
  'input_sets',
  () => ({ set_id: new UInt128Column(), inputs: new ArrayColumn(new TextColumn()) }),
  (columns, { setId, inputs }: InputSetRow) => {
    columns.set_id.add(setId)
    for (const input of inputs) columns.inputs.element.add(input)
    columns.inputs.end(inputs.length)
  },
)

/** Which jobs read an asset, and in which input set. */
const reads = (name: string) =>
  table(
    name,
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

export const assetReads = reads('asset_reads')
export const columnReads = reads('column_reads')

export const assetWrites = table(
  'asset_writes',
  () => ({ asset: new TextColumn(), job_namespace: new TextColumn(), job_name: new TextColumn() }),
  (columns, { asset, jobNamespace, jobName }: AssetWriteRow) => {
    columns.asset.add(asset)
    columns.job_namespace.add(jobNamespace)
    columns.job_name.add(jobName)
  },
)

export const assetSightings = table(
  'asset_sightings',
  () => ({ key: new TextColumn(), first_seen: new DateTime64Column(), last_seen: new Date32Column() }),
  (columns, { key, seenAt }: AssetSightingRow) => {
    columns.key.add(key)
    columns.first_seen.add(seenAt)
    columns.last_seen.add(seenAt)
  },
)

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
