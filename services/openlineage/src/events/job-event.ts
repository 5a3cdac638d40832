import { type DeclaredLineage, type HeadwaterEvent, jobEventDefaults } from '@headwater/schemas'
import type { JobFacts } from '../facts/job-facts.ts'
import { metadataMap } from '../text/metadata-map.ts'
import type { EventOrigin } from './event-origin.ts'
import { removedFields } from './removed-fields.ts'
import { withContentId } from './with-content-id.ts'

/** The event about a job apart from its runs; none when there is nothing to report. */
export function jobEvents(
  { namespace, name, ...facts }: JobFacts,
  metadata: Iterable<readonly [string, unknown]>,
  lineage: readonly DeclaredLineage[] | null,
  origin: EventOrigin,
): readonly HeadwaterEvent[] {
  const reported = {
    description: facts.description ?? null,
    owners: facts.owners ?? null,
    tags: facts.tags ?? null,
    metadata: metadataMap(metadata),
    removed: removedFields(facts.deleted, ['description', 'owners', 'tags']),
    lineage,
  }
  const isEmpty =
    [reported.description, reported.owners, reported.tags, lineage].every((value) => value === null) &&
    Object.keys(reported.metadata).length + reported.removed.length === 0
  if (isEmpty) return []
  const job = { namespace, name, type: facts.type?.type ?? null }
  return [withContentId('JobEvent', { ...origin, job, ...jobEventDefaults, ...reported })]
}
