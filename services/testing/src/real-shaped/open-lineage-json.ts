import { createHash } from 'node:crypto'

/** An OpenLineage event as a client puts it on the wire, parsed. */
export type OpenLineageJson = Readonly<Record<string, unknown>>

/** Events of one tool: `eventAt(n)` for n = 0, 1, 2, ... is its log, the same for the same number. */
export type Tool = {
  readonly name: string
  /** @param at when it happened, epoch milliseconds */
  readonly eventAt: (number: number, at: number) => OpenLineageJson
}

/** A facet with the two fields that every facet carries. */
export const facet = (producer: string, schema: string, content: OpenLineageJson): OpenLineageJson => ({
  _producer: producer,
  _schemaURL: `https://openlineage.io/spec/facets/${schema}`,
  ...content,
})

/** What is particular about a run event: its type, run and job, its input and output datasets. */
export type RunEventContent = readonly [
  eventType: string,
  run: OpenLineageJson,
  job: OpenLineageJson,
  inputs?: readonly unknown[],
  outputs?: readonly unknown[],
]

type RunEventOrigin = { readonly producer: string; readonly namespace: string; readonly at: number }

/** A run event of a job in `namespace`; `at` is when it happened, epoch milliseconds. */
export function runEvent({ producer, namespace, at }: RunEventOrigin, ...content: RunEventContent): OpenLineageJson {
  const [eventType, run, job, inputs = [], outputs = []] = content
  return {
    ...{ eventTime: timeText(at), eventType, run, job: { namespace, ...job }, inputs, outputs, producer },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  }
}

export const timeText = (epochMs: number): string => new Date(epochMs).toISOString()

/** A UUID of version 7 form, the same for the same words. */
export function uuidOf(...words: readonly (string | number)[]): string {
  const hex = createHash('md5').update(words.join('\n')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A number from 0 on, less than `end`, the same for the same number: to vary without a pattern that repeats. */
export const scattered = (number: number, end: number): number => (Math.imul(number + 1, 0x9e3779b1) >>> 7) % end

const columnNames = [
  ...['id', 'customer_id', 'order_id', 'created_at', 'updated_at', 'status', 'amount', 'currency', 'country'],
  ...['email', 'channel', 'quantity', 'discount', 'tax', 'shipped_at', 'source', 'is_deleted', 'segment'],
]
const columnTypes = ['bigint', 'varchar', 'varchar', 'timestamp', 'timestamp', 'varchar', 'decimal(18,2)', 'varchar']

/** Columns of a table: `count` from the place that `seed` gives. */
export const columnsOf = (seed: number, count: number): readonly { readonly name: string; readonly type: string }[] =>
  Array.from({ length: count }, (_, index) => ({
    name: columnNames[(seed + index) % columnNames.length] ?? 'id',
    type: columnTypes[(seed + index) % columnTypes.length] ?? 'varchar',
  }))
