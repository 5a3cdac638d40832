import { rankOf, startedAtOf } from '@headwater/lineage'
import type { Span } from '../fold/repeats/avro-bytes.ts'
import type { MapSpan } from '../fold/repeats/map-bytes.ts'
import type { MaterializationView } from '../fold/repeats/materialization-view.ts'
import type { Hash128 } from './hash128.ts'
import {
  ArrayColumn,
  ByteColumn,
  DateTime64Column,
  Float64Column,
  NullableDateTime64Column,
  PairColumn,
  TextColumn,
  UInt128Column,
} from './native/columns.ts'
import type { RunFactRow, RunSets } from './rows.ts'
import { table } from './table.ts'

const noHash: Hash128 = [0, 0, 0, 0]
/** Stands for the empty set where no hash stands for something else. */
const emptySet: Hash128 = [1, 0, 0, 0]
const stateType = "Enum8('UNKNOWN' = 0, 'STARTED' = 1, 'RUNNING' = 2, 'SUCCEEDED' = 3, 'ABORTED' = 4, 'FAILED' = 5)"

const copyText = (column: TextColumn, { bytes }: MaterializationView, { start, end }: Span): void =>
  column.addBytes(bytes, start, end)

export const runFacts = table(
  'run_facts',
  () => ({
    job_namespace: new TextColumn(),
    job_name: new TextColumn(),
    run_id: new TextColumn(),
    fact_id: new UInt128Column(),
    occurred_at: new DateTime64Column(),
    recorded_at: new DateTime64Column(),
    state: new ByteColumn(stateType),
    producer: new TextColumn(),
    job_type: new TextColumn(),
    started_at: new NullableDateTime64Column(),
    nominal_start: new NullableDateTime64Column(),
    nominal_end: new NullableDateTime64Column(),
    parent_job_namespace: new TextColumn(),
    parent_job_name: new TextColumn(),
    parent_run_id: new TextColumn(),
    root_job_namespace: new TextColumn(),
    root_job_name: new TextColumn(),
    root_run_id: new TextColumn(),
    done_by: new TextColumn(),
    error: new TextColumn(),
    metadata: new TextColumn(),
    input_set: new UInt128Column(),
    outputs: new ArrayColumn(new TextColumn()),
    own_sets: new ArrayColumn(new UInt128Column()),
    output_metadata: new ArrayColumn(new TextColumn()),
    output_metrics: new ArrayColumn(
      new ArrayColumn(new PairColumn(new TextColumn(), new Float64Column()), 'Map(String, Float64)'),
    ),
    output_columns: new ArrayColumn(new UInt128Column()),
  }),
  (columns, { origin, view, sets }: RunFactRow) => {
    copyText(columns.job_namespace, view, view.jobNamespace)
    copyText(columns.job_name, view, view.jobName)
    copyText(columns.run_id, view, view.runId)
    columns.fact_id.add(origin.factId)
    columns.occurred_at.add(origin.occurredAt)
    columns.recorded_at.add(origin.recordedAt)
    columns.state.add(rankOf(view.state))
    copyText(columns.producer, view, view.producer)
    copyText(columns.job_type, view, view.jobType)
    columns.started_at.add(startedAtOf(view))
    columns.nominal_start.add(view.nominalStart)
    columns.nominal_end.add(view.nominalEnd)
    copyText(columns.parent_job_namespace, view, view.parent[0])
    copyText(columns.parent_job_name, view, view.parent[1])
    copyText(columns.parent_run_id, view, view.parent[2])
    copyText(columns.root_job_namespace, view, view.root[0])
    copyText(columns.root_job_name, view, view.root[1])
    copyText(columns.root_run_id, view, view.root[2])
    copyText(columns.done_by, view, view.by)
    copyText(columns.error, view, view.error)
    copyMetadata(columns.metadata, view, view.metadata)
    columns.input_set.add(sets.inputSet ?? noHash)
    for (let index = 0; index < view.outputCount; index++) {
      copyText(columns.outputs.element, view, view.output(index).key)
    }
    columns.outputs.end(view.outputCount)
    addOwnSets(columns.own_sets, sets)
    addOutputMetadata(columns.output_metadata, view)
    addMetrics(columns.output_metrics, view)
    for (const set of sets.columnSets) columns.output_columns.element.add(set ?? noHash)
    columns.output_columns.end(sets.columnSets.length)
  },
)

function addOwnSets(column: ArrayColumn<UInt128Column>, { ownSets }: RunSets): void {
  for (const set of ownSets) column.element.add(set === undefined ? noHash : (set ?? emptySet))
  column.end(ownSets.length)
}

function addOutputMetadata(column: ArrayColumn<TextColumn>, view: MaterializationView): void {
  let count = 0
  for (let index = 0; index < view.outputCount; index++) count += view.output(index).metadata.count
  const length = count === 0 ? 0 : view.outputCount
  for (let index = 0; index < length; index++) copyMetadata(column.element, view, view.output(index).metadata)
  column.end(length)
}

/** A JSON object of the map's entries, whose values are JSON texts; an empty text when there are none. */
function copyMetadata(column: TextColumn, { bytes }: MaterializationView, { start, count, jsonLength }: MapSpan): void {
  column.begin(jsonLength)
  for (let index = 0, at = start; index < count; index++) {
    column.appendAscii(index === 0 ? '{"' : ',"')
    at = column.appendAvro(bytes, at)
    column.appendAscii('":')
    at = column.appendAvro(bytes, at)
  }
  if (count > 0) column.appendAscii('}')
}

function addMetrics(
  column: ArrayColumn<ArrayColumn<PairColumn<TextColumn, Float64Column>>>,
  view: MaterializationView,
): void {
  let count = 0
  for (let index = 0; index < view.outputCount; index++) count += view.output(index).metrics.count
  column.end(count === 0 ? 0 : view.outputCount)
  if (count === 0) return
  const metrics = column.element
  for (let index = 0; index < view.outputCount; index++) {
    const { start, count: entries } = view.output(index).metrics
    for (let left = entries, at = start; left > 0; left--) {
      at = metrics.element.key.addAvro(view.bytes, at)
      at = metrics.element.value.addAvro(view.bytes, at)
    }
    metrics.end(entries)
  }
}
