import type { Job } from '@headwater/schemas'
import type { OpenLineageJob } from '../open-lineage-event.ts'
import { facetMap } from './facet-map.ts'

type Facets = Readonly<Record<string, object | undefined>>

/** An OpenLineage job with its type and the tool (`by`) that did the work, where known. */
export function jobOf(
  { namespace, name, type }: Job,
  by: string | null,
  producer: string,
  more: Facets = {},
): OpenLineageJob {
  const integration = (by ?? 'headwater').toUpperCase()
  const kind = type === null ? {} : { jobType: type.toUpperCase() }
  const jobType = type === null && by === null ? undefined : { processingType: 'BATCH', integration, ...kind }
  return { namespace, name, facets: facetMap('job', producer, { jobType, ...more }) }
}
