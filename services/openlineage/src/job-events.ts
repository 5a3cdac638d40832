import type { DeclaredLineage, HeadwaterEvent } from '@headwater/schemas'
import type { KeyOf } from './dataset-key.ts'
import { edgesSaid } from './edges/event-edges.ts'
import { assetEvents } from './events/asset-events.ts'
import { checkEvents } from './events/check-events.ts'
import { saidAt } from './events/event-origin.ts'
import { jobEvents } from './events/job-event.ts'
import { type DatasetSaid, readDatasetSaid } from './facts/dataset-facts.ts'
import { type JobSaid, readJobSaid } from './facts/job-facts.ts'
import { seenDatasets } from './facts/seen-datasets.ts'
import type { OpenLineageJobEvent } from './open-lineage-event.ts'

/** What an event about a job says: its description, and what its outputs are declared to be made of. */
export function declaredJobEvents(event: OpenLineageJobEvent, key: KeyOf): readonly HeadwaterEvent[] {
  const at = saidAt(event)
  const job = readJobSaid(event.job)
  const seen = seenDatasets(event.inputs ?? [], event.outputs ?? [], key)
  const datasets = seen.map((dataset) => readDatasetSaid(dataset, key))
  const context = { at, key, namespace: job.namespace, told: 'outside runs', hasHappened: false } as const
  return [
    ...jobEvents(job, factsOf(job, datasets), lineageOf(event, job, datasets, key), at),
    ...datasets.flatMap((said) => assetEvents(said, context)),
    ...datasets.flatMap((said) => checkEvents(said.key, said.checks, undefined, at)),
  ]
}

/**
 * The whole declared lineage; null when the event declares none. Clients send empty lists of inputs and outputs with events that only
 * describe a job, so those take nothing back; a lineage facet without entries does.
 */
function lineageOf(
  event: OpenLineageJobEvent,
  job: JobSaid,
  datasets: readonly DatasetSaid[],
  key: KeyOf,
): readonly DeclaredLineage[] | null {
  const written = datasets.filter(({ isOutput }) => isOutput)
  const { inputs, outputs } = edgesSaid(datasets, written, job.lineage ?? [], event.job, key)
  if (outputs.length === 0 && job.lineage === undefined) return null
  return outputs.map((output) => ({ output: output.key, inputs: output.inputs ?? inputs }))
}

function factsOf(job: JobSaid, datasets: readonly DatasetSaid[]) {
  const hasOutputs = datasets.some(({ isOutput }) => isOutput)
  const inputs = datasets.map(({ key }) => key)
  const io = datasets.flatMap((said) =>
    [...said.inputFacts, ...said.outputFacts, ...metricsOf(said)].map(
      ([name, value]) => [`${name}:${said.key}`, value] as const,
    ),
  )
  return [...io, ...job.facts, ...(hasOutputs || inputs.length === 0 ? [] : [['inputs', inputs] as const])]
}

const metricsOf = ({ outputMetrics }: DatasetSaid) =>
  Object.keys(outputMetrics).length === 0 ? [] : [['outputMetrics', outputMetrics] as const]
