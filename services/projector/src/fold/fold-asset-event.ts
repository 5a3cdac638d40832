import type { AliasSource } from '@headwater/lineage'
import type { AssetEvent, HeadwaterEvent } from '@headwater/schemas'
import { assetAliases, assetFacts, checks } from '../tables/fact-tables.ts'
import type { FacetFact, Origin } from '../tables/rows.ts'
import type { RowCollector } from '../tables/table.ts'
import type { CommonRows } from './common/common-rows.ts'
import { facetFacts } from './facet-facts.ts'

/** Rows of what is said of an asset outside the runs that write it. */
export function foldAssetEvent(
  { type, event }: Extract<HeadwaterEvent, { type: 'AssetEvent' | 'CheckEvent' }>,
  origin: Origin,
  common: CommonRows,
  rows: RowCollector,
): void {
  const { key: asset } = event
  if (type === 'CheckEvent') {
    common.see(asset, origin.occurredAt, rows)
    const run = { jobNamespace: event.jobNamespace ?? '', jobName: event.jobName ?? '', runId: event.runId ?? '' }
    rows.add(checks, { origin, asset, check: event.check, ordinal: 0, run })
    return
  }
  // The beginning of keys that an authority is names no asset.
  if (!isOfAuthority(event)) common.see(asset, origin.occurredAt, rows)
  for (const fact of factsOf(event)) rows.add(assetFacts, { origin, asset, ...fact })
  addAlias(event, origin, rows)
}

function factsOf(event: AssetEvent): readonly FacetFact[] {
  switch (event.change) {
    case 'DESCRIBED':
      return [only('properties', event.properties)]
    case 'OWNED':
      return [only('owners', event.owners)]
    case 'TAGGED':
      return [only('tags', event.tags)]
    case 'POLICY_SET':
      return [only('policy', event.policy)]
    case 'RENAMED':
      return [only('renamed', event.renamedTo)]
    case 'DROPPED':
      return [only('dropped', true)]
    case 'STATED':
      return stated(event)
    case 'ALIASED':
    case 'UNALIASED':
    case 'UNKNOWN':
      return []
    default:
      return event.change satisfies never
  }
}

const only = (facet: string, value: unknown): FacetFact => ({ facet, subject: '', value: JSON.stringify(value) })

const stated = (event: AssetEvent): readonly FacetFact[] => [
  ...facetFacts(
    { description: event.description, owners: event.owners, tags: event.tags, schema: event.schema },
    event,
  ),
  ...Object.entries(event.metrics).map(([subject, value]) => ({ ...only('metric', value), subject })),
]

const sources = {
  DECLARED: 'declared',
  AUTHORITY: 'authority',
  TABLE_SYMLINK: 'table_symlink',
  SYMLINK: 'symlink',
} as const satisfies Record<AssetEvent['aliasSource'], AliasSource>

const isAlias = ({ change }: AssetEvent) => change === 'ALIASED' || change === 'UNALIASED'
const isOfAuthority = (event: AssetEvent) => isAlias(event) && event.aliasSource === 'AUTHORITY'

function addAlias(event: AssetEvent, { occurredAt }: Origin, rows: RowCollector): void {
  const { key: asset, change, alias, renamedTo, aliasSource } = event
  if (change === 'RENAMED' && renamedTo !== null) {
    rows.add(assetAliases, {
      ...{ asset: renamedTo, alias: asset, source: 'renamed' },
      ...{ aliasedAt: occurredAt, unaliasedAt: 0 },
    })
  }
  if (!isAlias(event) || alias === null) return
  rows.add(assetAliases, {
    ...{ asset, alias, source: sources[aliasSource] },
    aliasedAt: change === 'ALIASED' ? occurredAt : 0,
    unaliasedAt: change === 'UNALIASED' ? occurredAt : 0,
  })
}
