import type { DeclaredLineage, JobEvent } from '@headwater/schemas'
import type { OpenLineageJobEvent } from '../open-lineage-event.ts'
import { datasetOf } from './dataset-of.ts'
import { saidAt } from './event-header.ts'
import { documentation, ownership, tagsFacet } from './facets/dataset-facets.ts'
import { lineageFacet } from './facets/lineage-facet.ts'
import { metadataFacet } from './facets/metadata-facet.ts'
import { removedFacets } from './facets/removed-facets.ts'
import { jobOf } from './job-of.ts'

/** What is said of a job outside its runs, with what each output is declared to be made of. */
export function jobEvent(event: JobEvent): OpenLineageJobEvent {
  const said = saidAt('JobEvent', event.occurredAt, event.producer)
  const { producer } = said
  const facets = {
    documentation: documentation(event.description),
    ownership: ownership(event.owners),
    tags: tagsFacet(event.tags),
    lineage: event.lineage === null ? undefined : { entries: event.lineage.map(entryOf) },
    headwater_metadata: metadataFacet(event.metadata),
  }
  const known = Object.fromEntries(Object.entries(facets).filter(([, facet]) => facet !== undefined))
  const job = jobOf(event.job, null, producer, { ...removedFacets(event.removed), ...known })
  return { ...said, job, ...(event.lineage === null ? {} : datasetsOf(event.lineage)) }
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
