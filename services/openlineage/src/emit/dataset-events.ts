import type { AssetEvent, CheckEvent, FreshnessPolicy } from '@headwater/schemas'
import type { OpenLineageDatasetEvent } from '../open-lineage-event.ts'
import { datasetOf } from './dataset-of.ts'
import { eventHeader } from './event-header.ts'
import { facetMap } from './facet-map.ts'
import { assertionsFacet } from './facets/assertions-facet.ts'
import { documentation, ownership, propertyFacets, schemaFacet, tagsFacet } from './facets/dataset-facets.ts'
import { metadataFacet } from './facets/metadata-facet.ts'
import { assetMetricFacets } from './facets/metric-facets.ts'
import { removedFacets } from './facets/removed-facets.ts'

type Facets = Readonly<Record<string, object | undefined>>
type Origin = { readonly occurredAt: number; readonly producer: string }

/**
 * DatasetEvents for an asset event. OpenLineage cannot express a removed alias or an alias of whole authorities: these give no event.
 */
export function assetEvents(event: AssetEvent): readonly OpenLineageDatasetEvent[] {
  const { key, change } = event
  switch (change) {
    case 'DESCRIBED':
      return [about(key, event, propertyFacets(event.properties))]
    case 'OWNED':
      return [about(key, event, { ownership: ownership(event.owners) })]
    case 'TAGGED':
      return [about(key, event, { tags: tagsFacet(event.tags) })]
    case 'ALIASED':
      return event.alias === null || event.aliasSource === 'AUTHORITY' ? [] : [about(key, event, symlinks(event))]
    case 'RENAMED':
      return event.renamedTo === null ? [] : [about(event.renamedTo, event, renamedFrom(key))]
    case 'DROPPED':
      return [about(key, event, { lifecycleStateChange: { lifecycleStateChange: 'DROP' } })]
    case 'POLICY_SET':
      return [about(key, event, { headwater_freshness: freshness(event.policy) })]
    case 'STATED':
      return [about(key, event, statedFacets(event))]
    case 'UNALIASED':
    case 'UNKNOWN':
      return []
    default:
      return change satisfies never
  }
}

/** A DatasetEvent for a check outside of the run that wrote the asset. A RunEvent would add an edge that does not exist. */
export function checkEvents(event: CheckEvent): readonly OpenLineageDatasetEvent[] {
  const assertions = assertionsFacet([event.check])
  if (assertions === undefined) return []
  const { runId, jobNamespace, jobName } = event
  const run = runId === null ? undefined : { runId, ...(jobName === null ? {} : { jobNamespace, jobName }) }
  return [about(event.key, event, { dataQualityAssertions: assertions, headwater_run: run })]
}

function about(key: string, { occurredAt, producer }: Origin, facets: Facets): OpenLineageDatasetEvent {
  const header = eventHeader('DatasetEvent', occurredAt, producer)
  return { ...header, dataset: { ...datasetOf(key), facets: facetMap('dataset', header.producer, facets) } }
}

function symlinks({ alias, aliasSource }: AssetEvent): Facets {
  const type = aliasSource === 'TABLE_SYMLINK' ? 'TABLE' : 'LOCATION'
  return { symlinks: { identifiers: [{ ...datasetOf(alias ?? ''), type }] } }
}

function renamedFrom(key: string): Facets {
  return { lifecycleStateChange: { lifecycleStateChange: 'RENAME', previousIdentifier: datasetOf(key) } }
}

function freshness(policy: FreshnessPolicy | null): object {
  if (policy === null) return { _deleted: true }
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== null))
}

function statedFacets(event: AssetEvent): Facets {
  return {
    ...removedFacets(event.removed),
    ...withoutUndefined({
      documentation: documentation(event.description),
      ownership: ownership(event.owners),
      tags: tagsFacet(event.tags),
      schema: schemaFacet(event.schema),
      headwater_metadata: metadataFacet(event.metadata),
      ...assetMetricFacets(event.metrics),
    }),
  }
}

/** An undefined facet would hide one of `removedFacets`. */
function withoutUndefined(facets: Facets): Facets {
  return Object.fromEntries(Object.entries(facets).filter(([, facet]) => facet !== undefined))
}
