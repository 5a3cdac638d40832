import type { DeclaredLineage, JobEvent } from '@headwater/schemas'
import type { OpenLineageJobEvent } from '../open-lineage-event.ts'
import { datasetOf } from './dataset-of.ts'
import { eventHeader } from './event-header.ts'
import { documentation, lineageFacet, ownership, tagsFacet } from './facets/dataset-facets.ts'
import { metadataFacet } from './facets/metadata-facet.ts'
import { removedFacets } from './facets/removed-facets.ts'
import { jobOf } from './job-of.ts'

/** A JobEvent for a job event: the description of the job and its declared lineage. */
export function jobEvent(event: JobEvent): OpenLineageJobEvent {
  const header = eventHeader('JobEvent', event.occurredAt, event.producer)
  const { producer } = header
  const facets = {
    documentation: documentation(event.description),
    ownership: ownership(event.owners),
    tags: tagsFacet(event.tags),
    lineage: event.lineage === null ? undefined : { entries: event.lineage.map(entryOf) },
    headwater_metadata: metadataFacet(event.metadata),
  }
  const known = Object.fromEntries(Object.entries(facets).filter(([, facet]) => facet !== undefined))
  const job = jobOf(event.job, null, producer, { ...removedFacets(event.removed), ...known })
  return { ...header, job, ...(event.lineage === null ? {} : datasetsOf(event.lineage)) }
}

const entryOf = ({ output, inputs }: DeclaredLineage) => ({
  ...datasetOf(output),
  type: 'DATASET',
  ...lineageFacet(inputs),
})

function datasetsOf(lineage: readonly DeclaredLineage[]) {
  const inputs = new Set(lineage.flatMap((declared) => declared.inputs))
  return { inputs: [...inputs].map(datasetOf), outputs: lineage.map(({ output }) => datasetOf(output)) }
}
