import type { AssetProperties, MaterializationEvent, OutputAsset } from '@headwater/schemas'
import { assetFacts, checks } from '../tables/fact-tables.ts'
import type { Origin } from '../tables/rows.ts'
import type { RowCollector } from '../tables/table.ts'

const checksPerOutput = 2 ** 16

/** Adds the rows of what an event about a run states about its assets. */
export function addAssetFacts(event: MaterializationEvent, origin: Origin, rows: RowCollector): void {
  for (const { key, properties } of event.inputs) addFact(key, 'properties', properties, origin, rows)
  const run = { jobNamespace: event.job.namespace, jobName: event.job.name, runId: event.runId }
  for (const [outputIndex, { key: asset, properties, schema, checks: results }] of event.outputs.entries()) {
    addFact(asset, 'properties', properties, origin, rows)
    addFact(asset, 'schema', schema, origin, rows)
    for (const [index, check] of results.entries()) {
      rows.add(checks, { origin, asset, check, ordinal: outputIndex * checksPerOutput + index, run })
    }
  }
}

function addFact(
  asset: string,
  facet: 'properties' | 'schema',
  value: AssetProperties | OutputAsset['schema'],
  origin: Origin,
  rows: RowCollector,
): void {
  if (value !== null) rows.add(assetFacts, { origin, asset, facet, subject: '', value: JSON.stringify(value) })
}
