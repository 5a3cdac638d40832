import { type DeclaredLineage, type HeadwaterEvent, nothingSaidOfJob } from '@headwater/schemas'
import type { JobSaid } from '../facts/job-facts.ts'
import { metadataMap } from '../text/metadata-map.ts'
import type { SaidAt } from './event-origin.ts'
import { removedBy } from './removed-fields.ts'
import { sealed } from './with-content-id.ts'

/** What an event says of its job apart from the run; none when that is nothing. */
export function jobEvents(
  said: JobSaid,
  facts: Iterable<readonly [string, unknown]>,
  lineage: readonly DeclaredLineage[] | null,
  at: SaidAt,
): readonly HeadwaterEvent[] {
  const stated = {
    description: said.description ?? null,
    owners: said.owners ?? null,
    tags: said.tags ?? null,
    metadata: metadataMap(facts),
    removed: removedBy(said.deleted, ['description', 'owners', 'tags']),
    lineage,
  }
  const saysNothing =
    [stated.description, stated.owners, stated.tags, lineage].every((value) => value === null) &&
    Object.keys(stated.metadata).length + stated.removed.length === 0
  if (saysNothing) return []
  const job = { namespace: said.namespace, name: said.name, type: said.type?.type ?? null }
  return [sealed('JobEvent', { ...at, job, ...nothingSaidOfJob, ...stated })]
}
