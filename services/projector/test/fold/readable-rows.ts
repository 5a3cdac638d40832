import { textEnd } from '../../src/tables/encoded-texts.ts'
import type { TextColumn } from '../../src/tables/native/columns.ts'
import type { AssetAliasRow, AssetFactRow, JobFactRow, RunFactRow } from '../../src/tables/rows.ts'
import { runFacts } from '../../src/tables/run-facts-table.ts'
import type { RowCollector } from '../../src/tables/table.ts'

type Row = Readonly<Record<string, unknown>>

/** Collects rows by table, with texts where the projector has bytes that it uses again. */
export class ReadableRows implements RowCollector {
  readonly tables: Record<string, Row[]> = {}

  add({ name }: { readonly name: string }, row: unknown): void {
    this.tables[name] = [...(this.tables[name] ?? []), readable(name, row)]
  }

  of(table: string): readonly Row[] {
    return this.tables[table] ?? []
  }
}

function readable(table: string, row: unknown): Row {
  switch (table) {
    case 'run_facts':
      return readableRun(row as RunFactRow)
    case 'asset_facts': {
      const { origin, texts } = row as AssetFactRow
      return { origin, ...named(texts, ['asset', 'facet', 'subject', 'value']) }
    }
    case 'job_facts': {
      const { origin, texts } = row as JobFactRow
      return { origin, ...named(texts, ['jobNamespace', 'jobName', 'facet', 'subject', 'value']) }
    }
    case 'asset_aliases': {
      const { texts, ...times } = row as AssetAliasRow
      return { ...named(texts, ['asset', 'alias', 'source']), ...times }
    }
    default:
      return row as Row
  }
}

function named({ bytes, at }: AssetFactRow['texts'], names: readonly string[]): Row {
  const texts = textsFrom(bytes, at)
  return Object.fromEntries(names.map((name) => [name, texts.next().value]))
}

function* textsFrom(bytes: Uint8Array, start = 0): Generator<string, undefined> {
  for (let at = start; at < bytes.length; ) {
    const end = textEnd(bytes, at)
    while ((bytes[at++] as number) >= 0x80); // the length
    yield Buffer.from(bytes.subarray(at, end)).toString()
    at = end
  }
  return undefined
}

function readableRun(row: RunFactRow): Row {
  const { view, origin, sets } = row
  const columns = runFacts.columns()
  runFacts.add(columns, row)
  const texts = (column: TextColumn) => [...textsFrom(Buffer.concat(column.parts()))]
  const { key, value } = columns.output_metrics.element.element
  const numbers = Buffer.concat(value.parts())
  return {
    ...sets,
    outputs: texts(columns.outputs.element),
    recordedAt: origin.recordedAt,
    ...{ runId: view.text(view.runId), error: view.text(view.error) },
    metadata: texts(columns.metadata)[0],
    outputMetadata: texts(columns.output_metadata.element),
    metrics: texts(key).map((name, index) => [name, numbers.readDoubleLE(index * 8)]),
  }
}
