import { assetEventDefaults, type HeadwaterEvent } from '@headwater/schemas'
import type { DatasetFacts } from '../facts/dataset-facts.ts'
import { isDropped } from '../facts/written-datasets.ts'
import { metadataMap } from '../text/metadata-map.ts'
import type { EventOrigin } from './event-origin.ts'
import { removedFields } from './removed-fields.ts'
import { withContentId } from './with-content-id.ts'

/** Who reports a dataset: some of its facts then go to the run instead of the asset. */
export type ReportedBy = 'no run' | 'a run' | 'the run that wrote it'

/**
 * The event about an asset apart from the run; none when there is nothing to report. These facts go to the run instead:
 * - what was done to the asset: on the asset, a drop would outlast the next write
 * - the schema of an output, and of an asset that the run drops
 * - the version and the column lineage of an output
 */
export function statedEvents(
  dataset: DatasetFacts,
  reportedBy: ReportedBy,
  origin: EventOrigin,
): readonly HeadwaterEvent[] {
  const isWritten = reportedBy === 'the run that wrote it'
  const ofRun = isWritten ? metadataOfWriting : reportedBy === 'a run' ? ['lifecycleStateChange'] : []
  const columns =
    isWritten || dataset.columnFacet === undefined ? [] : [['columnLineage', dataset.columnFacet] as const]
  const metadata = [...[...dataset.metadata].filter(([name]) => !ofRun.includes(name)), ...columns]
  const stated = {
    description: dataset.description ?? null,
    owners: dataset.owners ?? null,
    tags: dataset.tags ?? null,
    schema: isWritten || (reportedBy === 'a run' && isDropped(dataset)) ? null : (dataset.schema ?? null),
    metadata: metadataMap(metadata),
    metrics: dataset.metrics,
    removed: removedFields(dataset.deleted, ['description', 'owners', 'tags', 'schema']),
  }
  const isEmpty =
    [stated.description, stated.owners, stated.tags, stated.schema].every((value) => value === null) &&
    metadata.length + stated.removed.length + Object.keys(stated.metrics).length === 0
  if (isEmpty) return []
  return [
    withContentId('AssetEvent', { ...origin, key: dataset.key, change: 'STATED', ...assetEventDefaults, ...stated }),
  ]
}

/** Names of facets about one write of the dataset. */
export const metadataOfWriting: readonly string[] = ['version', 'lifecycleStateChange']
