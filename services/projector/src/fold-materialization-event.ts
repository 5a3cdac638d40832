import type { OutputFact, RunFact, RunIdentity } from '@headwater/lineage'
import type { AssetProperties, MaterializationEvent, OutputAsset } from '@headwater/schemas'
import type { BatchFold } from './batch-fold.ts'
import { addRun } from './fold-runs.ts'
import type { AssetFacet } from './rows.ts'
import { assetFacts, checks, metrics, runEvents } from './tables.ts'

/** What identifies an event's content, and when the log got it. */
export type Origin = { readonly factId: string; readonly recordedAt: number }

const checksPerOutput = 2 ** 16

/** Rows of an event about a run: what it says, and the run as far as this event alone tells. */
export function foldMaterializationEvent(event: MaterializationEvent, origin: Origin, fold: BatchFold): void {
  const identity = { jobNamespace: event.job.namespace, jobName: event.job.name, runId: event.runId }
  fold.beginRun(event.runId)
  for (const input of event.inputs) {
    fold.sightings.add(input.key, event.occurredAt)
    say(input.key, 'properties', input.properties, event, origin, fold)
  }
  const outputs = event.outputs.map((output) => foldOutput(event, output, identity, origin, fold))
  const inputSet = fold.inputSet(event.inputs.map((input) => input.key))
  const fact: RunFact = {
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
    inputSet,
    outputs,
  }
  fold.rows.add(runEvents, { run: identity, eventId: event.eventId, fact })
  addRun({ identity, facts: [fact] }, fold, fold.rows)
}

function foldOutput(
  event: MaterializationEvent,
  output: OutputAsset,
  run: RunIdentity,
  origin: Origin,
  fold: BatchFold,
): OutputFact {
  const { factId, recordedAt } = origin
  const { occurredAt } = event
  fold.sightings.add(output.key, occurredAt)
  say(output.key, 'properties', output.properties, event, origin, fold)
  say(output.key, 'schema', output.schema, event, origin, fold)
  for (const [metric, value] of Object.entries(output.metrics)) {
    fold.rows.add(metrics, { asset: output.key, metric, run, occurredAt, factId, value, recordedAt })
  }
  for (const [index, check] of output.checks.entries()) {
    const ordinal = event.outputs.indexOf(output) * checksPerOutput + index
    fold.rows.add(checks, { asset: output.key, check, occurredAt, factId, ordinal, run, recordedAt })
  }
  if (output.inputs === null) return { key: output.key, metadata: output.metadata }
  for (const key of output.inputs) fold.sightings.add(key, occurredAt)
  return { key: output.key, metadata: output.metadata, inputSet: fold.inputSet(output.inputs) }
}

function say(
  asset: string,
  facet: AssetFacet,
  value: AssetProperties | OutputAsset['schema'],
  { occurredAt }: MaterializationEvent,
  { factId, recordedAt }: Origin,
  fold: BatchFold,
): void {
  if (value === null) return
  fold.rows.add(assetFacts, { asset, facet, subject: '', occurredAt, factId, value: JSON.stringify(value), recordedAt })
}
