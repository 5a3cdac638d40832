import type { InputSetId, OutputFact, RunIdentity } from '@headwater/lineage'
import type { AssetProperties, MaterializationEvent, OutputAsset } from '@headwater/schemas'
import type { AssetSightings } from './asset-sightings.ts'
import { contentHash } from './content-hash.ts'
import type { AssetFacet, EventRows } from './rows.ts'

/** What identifies an event's content, and when the log got it. */
export type Origin = { readonly factId: string; readonly recordedAt: number }

const checksPerOutput = 2 ** 16

export function foldMaterializationEvent(
  event: MaterializationEvent,
  origin: Origin,
  rows: EventRows,
  sightings: AssetSightings,
): void {
  const run = { jobNamespace: event.job.namespace, jobName: event.job.name, runId: event.runId }
  const said = saying(event.occurredAt, origin, rows)
  for (const input of event.inputs) {
    sightings.add(input.key, event.occurredAt)
    said(input.key, 'properties', input.properties)
  }
  const outputs = event.outputs.map((output) => {
    foldOutput(event, output, run, origin, rows, sightings)
    said(output.key, 'properties', output.properties)
    said(output.key, 'schema', output.schema)
    return outputFact(output, rows)
  })
  rows.runEvents.push({
    run,
    eventId: event.eventId,
    fact: {
      factId: origin.factId,
      recordedAt: origin.recordedAt,
      occurredAt: event.occurredAt,
      producer: event.producer,
      state: event.state,
      jobType: event.job.type,
      startedAt: event.startedAt,
      nominalStart: event.nominalStart,
      nominalEnd: event.nominalEnd,
      parent: event.parent,
      root: event.root,
      by: event.by,
      error: event.error,
      metadata: event.metadata,
      inputSet: inputSet(
        event.inputs.map((input) => input.key),
        rows,
      ),
      outputs,
    },
  })
}

function foldOutput(
  event: MaterializationEvent,
  output: OutputAsset,
  run: RunIdentity,
  { factId, recordedAt }: Origin,
  rows: EventRows,
  sightings: AssetSightings,
): void {
  const { occurredAt } = event
  sightings.add(output.key, occurredAt)
  for (const metric in output.metrics) {
    const value = output.metrics[metric]
    if (value !== undefined)
      rows.metrics.push({ asset: output.key, metric, run, occurredAt, factId, value, recordedAt })
  }
  for (const check of output.checks) {
    const ordinal = event.outputs.indexOf(output) * checksPerOutput + output.checks.indexOf(check)
    rows.checks.push({ asset: output.key, check, occurredAt, factId, ordinal, run, recordedAt })
  }
  for (const key of output.inputs ?? []) sightings.add(key, occurredAt)
}

function outputFact(output: OutputAsset, rows: EventRows): OutputFact {
  if (output.inputs === null) return { key: output.key, metadata: output.metadata }
  return { key: output.key, metadata: output.metadata, inputSet: inputSet(output.inputs, rows) }
}

function saying(occurredAt: number, { factId, recordedAt }: Origin, rows: EventRows) {
  return (asset: string, facet: AssetFacet, value: AssetProperties | OutputAsset['schema']): void => {
    if (value === null) return
    rows.assetFacts.push({ asset, facet, subject: '', occurredAt, factId, value: JSON.stringify(value), recordedAt })
  }
}

/** Keys cannot hold a line feed, so joined by one they are told apart. */
function inputSet(keys: readonly string[], rows: EventRows): InputSetId | null {
  if (keys.length === 0) return null
  const inputs = keys.length === 1 ? keys : [...new Set(keys)].sort()
  const setId = contentHash(inputs.join('\n'))
  rows.inputSets.push({ setId, inputs })
  return setId
}
