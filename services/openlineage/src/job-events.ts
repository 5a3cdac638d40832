import type { DeclaredLineage, HeadwaterEvent } from '@headwater/schemas'
import type { KeyOf } from './dataset-key.ts'
import { eventEdges } from './edges/event-edges.ts'
import { assetEvents } from './events/asset-events.ts'
import { checkEvents } from './events/check-events.ts'
import { originOf } from './events/event-origin.ts'
import { jobEvents } from './events/job-event.ts'
import { type DatasetFacts, readDatasetFacts } from './facts/dataset-facts.ts'
import { distinctDatasets } from './facts/distinct-datasets.ts'
import { type JobFacts, readJobFacts } from './facts/job-facts.ts'
import type { OpenLineageJobEvent } from './open-lineage-event.ts'

/** Headwater's events for a JobEvent: the job's description and its declared lineage. */
export function declaredJobEvents(event: OpenLineageJobEvent, key: KeyOf): readonly HeadwaterEvent[] {
  const origin = originOf(event)
  const job = readJobFacts(event.job)
  const distinct = distinctDatasets(event.inputs ?? [], event.outputs ?? [], key)
  const datasets = distinct.map((dataset) => readDatasetFacts(dataset, key))
  const context = { origin, key, namespace: job.namespace, reportedBy: 'no run', hasHappened: false } as const
  return [
    ...jobEvents(job, metadataOf(job, datasets), lineageOf(event, job, datasets, key), origin),
    ...datasets.flatMap((dataset) => assetEvents(dataset, context)),
    ...datasets.flatMap((dataset) => checkEvents(dataset.key, dataset.checks, undefined, origin)),
  ]
}

/**
 * The complete declared lineage; null when the event declares none. Clients send empty lists of inputs and outputs with events that only
 * describe a job, so empty lists remove nothing; a lineage facet without entries does.
 */
function lineageOf(
  event: OpenLineageJobEvent,
  job: JobFacts,
  datasets: readonly DatasetFacts[],
  key: KeyOf,
): readonly DeclaredLineage[] | null {
  const written = datasets.filter(({ isOutput }) => isOutput)
  const { inputs, outputs } = eventEdges(datasets, written, job.lineage ?? [], event.job, key)
  if (outputs.length === 0 && job.lineage === undefined) return null
  return outputs.map((output) => ({ output: output.key, inputs: output.inputs ?? inputs }))
}

function metadataOf(job: JobFacts, datasets: readonly DatasetFacts[]) {
  const hasOutputs = datasets.some(({ isOutput }) => isOutput)
  const inputs = datasets.map(({ key }) => key)
  const ofDatasets = datasets.flatMap((dataset) =>
    [...dataset.inputMetadata, ...dataset.outputMetadata, ...metricsOf(dataset)].map(
      ([name, value]) => [`${name}:${dataset.key}`, value] as const,
    ),
  )
  const unused = hasOutputs || inputs.length === 0 ? [] : [['inputs', inputs] as const]
  return [...ofDatasets, ...job.metadata, ...unused]
}

const metricsOf = ({ outputMetrics }: DatasetFacts) =>
  Object.keys(outputMetrics).length === 0 ? [] : [['outputMetrics', outputMetrics] as const]
