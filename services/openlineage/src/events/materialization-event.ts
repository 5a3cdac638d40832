import type { HeadwaterEvent, MaterializationEvent, OutputAsset } from '@headwater/schemas'
import { mergedColumns } from '../edges/column-lineage.ts'
import type { Edges } from '../edges/edges.ts'
import type { DatasetFacts } from '../facts/dataset-facts.ts'
import type { JobFacts } from '../facts/job-facts.ts'
import type { RunFacts } from '../facts/run-facts.ts'
import { metadataMap } from '../text/metadata-map.ts'
import type { EventOrigin } from './event-origin.ts'
import { runStateOf } from './run-state.ts'
import { metadataOfWriting } from './stated-event.ts'
import { withContentId } from './with-content-id.ts'

export type RunContent = Omit<MaterializationEvent, 'eventId'>

type RunReport = {
  readonly origin: EventOrigin
  readonly runId: string
  readonly eventType: string | undefined
  readonly run: RunFacts
  readonly job: JobFacts
  readonly edges: Edges
  readonly written: readonly DatasetFacts[]
  readonly columnsByOutput: ReadonlyMap<string, OutputAsset['columnLineage']>
  readonly metadata: Iterable<readonly [string, unknown]>
}

/** The event about the run without its id: its state, its inputs and outputs. */
export function runContent(report: RunReport): RunContent {
  const { origin, run, job, edges } = report
  const written = new Map(report.written.map((dataset) => [dataset.key, dataset]))
  return {
    occurredAt: origin.occurredAt, // not `...origin`: an object that begins with a spread is slow to fill
    producer: origin.producer,
    runId: report.runId,
    job: { namespace: job.namespace, name: job.name, type: job.type?.type ?? null },
    state: runStateOf(report.eventType),
    startedAt: null,
    nominalStart: run.nominal?.start ?? null,
    nominalEnd: run.nominal?.end ?? null,
    parent: run.parent?.parent ?? null,
    root: run.parent?.root ?? null,
    by: job.type?.integration ?? run.engine ?? toolOf(origin.producer),
    error: run.error ?? null,
    inputs: edges.inputs.map((key) => ({ key, properties: null })),
    outputs: edges.outputs.map(({ key, inputs }) =>
      outputOf(key, inputs, written.get(key), report.columnsByOutput.get(key)),
    ),
    metadata: metadataMap(report.metadata),
  }
}

export const materializationEvent = (content: RunContent): HeadwaterEvent =>
  withContentId('MaterializationEvent', content)

function outputOf(
  key: string,
  inputs: readonly string[] | null,
  dataset: DatasetFacts | undefined,
  columns: OutputAsset['columnLineage'] | undefined,
): OutputAsset {
  return {
    key,
    inputs,
    properties: null,
    metadata: metadataMap(dataset === undefined ? [] : metadataOf(dataset)),
    metrics: dataset?.outputMetrics ?? {},
    schema: dataset?.schema ?? null,
    columnLineage: mergedColumns([columns, dataset?.columns].filter((lineage) => lineage !== undefined)),
    checks: [],
  }
}

function metadataOf(dataset: DatasetFacts): readonly (readonly [string, unknown])[] {
  const { metadata, outputMetadata, partitionsWritten } = dataset
  const partition = partitionsWritten.length === 1 ? partitionsWritten[0] : partitionsWritten
  return [
    ...metadataOfWriting.flatMap((name) => (metadata.has(name) ? [[name, metadata.get(name)] as const] : [])),
    ...outputMetadata,
    ...(partitionsWritten.length === 0 ? [] : [['partition', partition] as const]),
  ]
}

/** The tool in the URI of a producer: `…/integration/spark` is spark, `github.com/apache/airflow/…` airflow. */
function toolOf(producer: string): string | null {
  const [, integration] = /\/integration\/([a-z0-9_-]{1,64})/i.exec(producer) ?? []
  if (integration !== undefined) return integration.toLowerCase()
  const [, repository] = /^https?:\/\/(?:www\.)?github\.com\/[^/]+\/([a-z0-9._-]{1,64})/i.exec(producer) ?? []
  return repository?.toLowerCase() ?? null
}
