import type { AssetEvent, HeadwaterEvent } from '@headwater/schemas'
import type { CommonRows } from './common-rows.ts'
import type { AssetFacet, Origin } from './rows.ts'
import type { RowCollector } from './table.ts'
import { assetFacts, checks } from './tables.ts'

const outsideRun = { jobNamespace: '', jobName: '', runId: '' }

/** Rows of what is said of an asset outside the runs that write it. */
export function foldAssetEvent(
  { type, event }: Exclude<HeadwaterEvent, { type: 'MaterializationEvent' }>,
  origin: Origin,
  common: CommonRows,
  rows: RowCollector,
): void {
  const { key: asset } = event
  common.see(asset, origin.occurredAt, rows)
  if (type === 'CheckEvent') {
    const run = { ...outsideRun, runId: event.runId ?? '' }
    rows.add(checks, { origin, asset, check: event.check, ordinal: 0, run })
    return
  }
  const said = facetOf(event)
  if (said === undefined) return
  const { facet, subject = '', value } = said
  rows.add(assetFacts, { origin, asset, facet, subject, value: JSON.stringify(value) })
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
