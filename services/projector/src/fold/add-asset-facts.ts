import type { AssetProperties, MaterializationEvent, OutputAsset } from '@headwater/schemas'
import { assetFacts, checks } from '../tables/fact-tables.ts'
import type { Origin } from '../tables/rows.ts'
import type { RowCollector } from '../tables/table.ts'

const checksPerOutput = 2 ** 16

/** Rows of what an event about a run says of the assets it names. */
export function addAssetFacts(event: MaterializationEvent, origin: Origin, rows: RowCollector): void {
  for (const { key, properties } of event.inputs) say(key, 'properties', properties, origin, rows)
  const run = { jobNamespace: event.job.namespace, jobName: event.job.name, runId: event.runId }
  for (const [place, { key: asset, properties, schema, checks: results }] of event.outputs.entries()) {
    say(asset, 'properties', properties, origin, rows)
    say(asset, 'schema', schema, origin, rows)
    for (const [index, check] of results.entries()) {
      rows.add(checks, { origin, asset, check, ordinal: place * checksPerOutput + index, run })
    }
  }
}

function say(
  asset: string,
  facet: 'properties' | 'schema',
  value: AssetProperties | OutputAsset['schema'],
  origin: Origin,
  rows: RowCollector,
): void {
  if (value !== null) rows.add(assetFacts, { origin, asset, facet, subject: '', value: JSON.stringify(value) })
}
