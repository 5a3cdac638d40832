import type { JobEvent } from '@headwater/schemas'
import type { OpenLineageJobEvent } from '../open-lineage-event.ts'
import { documentation, ownership, tagsFacet } from './dataset-facets.ts'
import { datasetOf } from './dataset-of.ts'
import { facetMap } from './facet-map.ts'
import { jobOf } from './job-of.ts'
import { lineageFacet } from './lineage-facet.ts'
import { metadataFacet } from './metadata-facet.ts'
import { removedFacets } from './removed-facets.ts'
import { saidAt } from './said-at.ts'

/** What is said of a job outside its runs. Each output says outright what it is declared to be made of. */
export function jobEvent(event: JobEvent): OpenLineageJobEvent {
  const said = saidAt('JobEvent', event.occurredAt, event.producer)
  const { producer } = said
  const facets = {
    documentation: documentation(event.description),
    ownership: ownership(event.owners),
    tags: tagsFacet(event.tags),
    headwater_metadata: metadataFacet(event.metadata),
  }
  const known = Object.fromEntries(Object.entries(facets).filter(([, facet]) => facet !== undefined))
  const job = jobOf(event.job, null, producer, { ...removedFacets(event.removed), ...known })
  return { ...said, job, ...(event.lineage === null ? {} : declared(event.lineage, producer)) }
}

function declared(lineage: NonNullable<JobEvent['lineage']>, producer: string) {
  const keys = new Set(lineage.flatMap(({ inputs }) => inputs))
  return {
    inputs: [...keys].map(datasetOf),
    outputs: lineage.map(({ output, inputs }) => ({
      ...datasetOf(output),
      facets: facetMap('dataset', producer, { lineage: lineageFacet(inputs) }),
    })),
  }
}
