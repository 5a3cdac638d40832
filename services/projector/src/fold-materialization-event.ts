import type { AssetProperties, MaterializationEvent, OutputAsset } from '@headwater/schemas'
import type { CommonRows } from './common-rows.ts'
import type { Hash128 } from './content-hash.ts'
import { mergeOutputs } from './merge-outputs.ts'
import type { AssetFacet, Origin } from './rows.ts'
import type { RowCollector } from './table.ts'
import { assetFacts, checks, outputFacts, runFacts } from './tables.ts'

const checksPerOutput = 2 ** 16

/** Rows of an event about a run: what it says of the run, of each output, and of assets. */
export function foldMaterializationEvent(
  event: MaterializationEvent,
  origin: Origin,
  common: CommonRows,
  rows: RowCollector,
): void {
  const { job, occurredAt } = event
  for (const { key, properties } of event.inputs) say(key, 'properties', properties, origin, rows)
  for (const [index, output] of event.outputs.entries()) sayOfOutput(event, output, index, origin, rows)
  const ownSets: Hash128[] = []
  const outputs: string[] = []
  for (const { key, inputs, metadata, metrics } of mergeOutputs(event.outputs)) {
    common.see(key, occurredAt, rows)
    const ownSet = inputs === null ? undefined : common.inputSet(inputs, job, occurredAt, rows)
    if (ownSet) ownSets.push(ownSet)
    outputs.push(key)
    rows.add(outputFacts, { origin, asset: key, event, ownSet, metadata, metrics })
  }
  const inputSet = common.inputSet(keysOf(event.inputs), job, occurredAt, rows)
  rows.add(runFacts, { origin, event, inputSet, ownSets, outputs })
}

const keysOf = (assets: readonly { readonly key: string }[]): readonly string[] => assets.map(({ key }) => key)

function sayOfOutput(
  event: MaterializationEvent,
  { key: asset, properties, schema, checks: results }: OutputAsset,
  outputIndex: number,
  origin: Origin,
  rows: RowCollector,
): void {
  say(asset, 'properties', properties, origin, rows)
  say(asset, 'schema', schema, origin, rows)
  if (results.length === 0) return
  const run = { jobNamespace: event.job.namespace, jobName: event.job.name, runId: event.runId }
  for (const [index, check] of results.entries()) {
    rows.add(checks, { origin, asset, check, ordinal: outputIndex * checksPerOutput + index, run })
  }
}

function say(
  asset: string,
  facet: AssetFacet,
  value: AssetProperties | OutputAsset['schema'],
  origin: Origin,
  rows: RowCollector,
): void {
  if (value !== null) rows.add(assetFacts, { origin, asset, facet, subject: '', value: JSON.stringify(value) })
}
