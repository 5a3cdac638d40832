import { readDocumentation } from '../facets/description/documentation.ts'
import { readOwnership } from '../facets/description/ownership.ts'
import { readTags } from '../facets/description/tags.ts'
import { type JobType, readJobType } from '../facets/execution/job-type.ts'
import { FacetSet } from '../facets/facet-set.ts'
import { type LineageEntry, readJobLineage } from '../facets/lineage/explicit-lineage.ts'
import type { OpenLineageJob } from '../open-lineage-event.ts'
import { nameText } from '../text/name-text.ts'

/** Everything that an event states about its job. */
export type JobFacts = {
  readonly namespace: string
  readonly name: string
  readonly type: JobType | undefined
  readonly description: string | undefined
  readonly owners: readonly string[] | undefined
  readonly tags: readonly string[] | undefined
  readonly lineage: readonly LineageEntry[] | undefined
  /** Names of facets with `_deleted: true`. */
  readonly deleted: readonly string[]
  /** Facets kept as metadata, by name. */
  readonly metadata: ReadonlyMap<string, unknown>
}

export function readJobFacts(job: OpenLineageJob): JobFacts {
  const facets = new FacetSet([job.facets])
  return {
    namespace: nameText(job.namespace),
    name: nameText(job.name),
    type: facets.take('jobType', readJobType),
    description: facets.take('documentation', readDocumentation),
    owners: facets.take('ownership', readOwnership),
    tags: facets.take('tags', readTags),
    lineage: facets.take('lineage', readJobLineage),
    deleted: facets.deleted,
    metadata: facets.remaining(),
  }
}
