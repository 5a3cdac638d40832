import type { AssetEvent, HeadwaterEvent } from '@headwater/schemas'
import type { BatchFold } from './batch-fold.ts'
import type { Origin } from './fold-materialization-event.ts'
import type { AssetFacet } from './rows.ts'
import { assetFacts, checks } from './tables.ts'

const outsideRun = { jobNamespace: '', jobName: '', runId: '' }

/** Rows of what is said of an asset outside the runs that write it. */
export function foldAssetEvent(
  { type, event }: Exclude<HeadwaterEvent, { type: 'MaterializationEvent' }>,
  { factId, recordedAt }: Origin,
  fold: BatchFold,
): void {
  const { key: asset, occurredAt } = event
  fold.sightings.add(asset, occurredAt)
  if (type === 'CheckEvent') {
    const run = { ...outsideRun, runId: event.runId ?? '' }
    fold.rows.add(checks, { asset, check: event.check, occurredAt, factId, ordinal: 0, run, recordedAt })
    return
  }
  const said = facetOf(event)
  if (said === undefined) return
  const value = JSON.stringify(said.value)
  fold.rows.add(assetFacts, {
    asset,
    facet: said.facet,
    subject: said.subject ?? '',
    occurredAt,
    factId,
    value,
    recordedAt,
  })
}

function facetOf(event: AssetEvent): { facet: AssetFacet; subject?: string; value: unknown } | undefined {
  switch (event.change) {
    case 'DESCRIBED':
      return { facet: 'properties', value: event.properties }
    case 'OWNED':
      return { facet: 'owners', value: event.owners }
    case 'TAGGED':
      return { facet: 'tags', value: event.tags }
    case 'POLICY_SET':
      return { facet: 'policy', value: event.policy }
    case 'ALIASED':
      return { facet: 'alias', subject: event.alias ?? '', value: true }
    case 'UNALIASED':
      return { facet: 'alias', subject: event.alias ?? '', value: false }
    case 'RENAMED':
      return { facet: 'renamed', value: event.renamedTo }
    case 'DROPPED':
      return { facet: 'dropped', value: true }
    case 'UNKNOWN':
      return undefined
    default:
      return event.change satisfies never
  }
}
