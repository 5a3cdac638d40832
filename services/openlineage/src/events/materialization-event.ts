import type { HeadwaterEvent, MaterializationEvent, OutputAsset } from '@headwater/schemas'
import { mergedColumns } from '../edges/column-lineage.ts'
import type { Edges } from '../edges/edges.ts'
import type { DatasetSaid } from '../facts/dataset-facts.ts'
import type { JobSaid } from '../facts/job-facts.ts'
import type { RunSaid } from '../facts/run-facts.ts'
import { metadataMap } from '../text/metadata-map.ts'
import type { SaidAt } from './event-origin.ts'
import { runStateOf } from './run-state.ts'
import { factsOfOutput } from './stated-event.ts'
import { sealed } from './with-content-id.ts'
import { workerOf } from './worker-of.ts'

export type RunContent = Omit<MaterializationEvent, 'eventId'>

type Told = {
  readonly at: SaidAt
  readonly runId: string
  readonly eventType: string | undefined
  readonly run: RunSaid
  readonly job: JobSaid
  readonly edges: Edges
  readonly written: readonly DatasetSaid[]
  readonly columnsByOutput: ReadonlyMap<string, OutputAsset['columnLineage']>
  readonly facts: Iterable<readonly [string, unknown]>
}

/** What the event says of the run: its state, what it read and wrote. */
export function runContent(told: Told): RunContent {
  const { at, run, job, edges } = told
  const written = new Map(told.written.map((dataset) => [dataset.key, dataset]))
  return {
    occurredAt: at.occurredAt, // not `...at`: an object that begins with a spread is slow to fill
    producer: at.producer,
    runId: told.runId,
    job: { namespace: job.namespace, name: job.name, type: job.type?.type ?? null },
    state: runStateOf(told.eventType),
    startedAt: null,
    nominalStart: run.nominal?.start ?? null,
    nominalEnd: run.nominal?.end ?? null,
    parent: run.parent?.parent ?? null,
    root: run.parent?.root ?? null,
    by: job.type?.integration ?? run.engine ?? workerOf(at.producer),
    error: run.error ?? null,
    inputs: edges.inputs.map((key) => ({ key, properties: null })),
    outputs: edges.outputs.map(({ key, inputs }) =>
      outputOf(key, inputs, written.get(key), told.columnsByOutput.get(key)),
    ),
    metadata: metadataMap(told.facts),
  }
}

export const materializationEvent = (content: RunContent): HeadwaterEvent => sealed('MaterializationEvent', content)

function outputOf(
  key: string,
  inputs: readonly string[] | null,
  said: DatasetSaid | undefined,
  columns: OutputAsset['columnLineage'] | undefined,
): OutputAsset {
  return {
    key,
    inputs,
    properties: null,
    metadata: metadataMap(said === undefined ? [] : factsOf(said)),
    metrics: said?.outputMetrics ?? {},
    schema: said?.schema ?? null,
    columnLineage: mergedColumns([columns, said?.columns].filter((one) => one !== undefined)),
    checks: [],
  }
}

function factsOf(said: DatasetSaid): readonly (readonly [string, unknown])[] {
  const { partitionsWritten } = said
  const partition = partitionsWritten.length === 1 ? partitionsWritten[0] : partitionsWritten
  return [
    ...factsOfOutput.flatMap((name) => (said.facts.has(name) ? [[name, said.facts.get(name)] as const] : [])),
    ...said.outputFacts,
    ...(partitionsWritten.length === 0 ? [] : [['partition', partition] as const]),
  ]
}
