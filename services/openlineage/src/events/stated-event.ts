import { type HeadwaterEvent, nothingSaidOfAsset } from '@headwater/schemas'
import type { DatasetSaid } from '../facts/dataset-facts.ts'
import { isDropped } from '../facts/written-datasets.ts'
import { metadataMap } from '../text/metadata-map.ts'
import type { SaidAt } from './event-origin.ts'
import { removedBy } from './removed-fields.ts'
import { sealed } from './with-content-id.ts'

/** Whether a run says it: what was done to the asset is then told of the run, of one that it wrote the schema and version too. */
export type ToldBy = 'outside runs' | 'by a run' | 'by the run that wrote it'

/**
 * What an event says of an asset apart from the run. What was done to the asset the run says: said of the asset, a drop would stay there
 * after it was written again. Of an output, and of what it drops, the run also says the schema; of an output the version too.
 */
export function statedEvents(said: DatasetSaid, told: ToldBy, at: SaidAt): readonly HeadwaterEvent[] {
  const isWritten = told === 'by the run that wrote it'
  const ofRun = isWritten ? factsOfOutput : told === 'by a run' ? ['lifecycleStateChange'] : []
  const columns = isWritten || said.columnFacet === undefined ? [] : [['columnLineage', said.columnFacet] as const]
  const facts = [...[...said.facts].filter(([name]) => !ofRun.includes(name)), ...columns]
  const stated = {
    description: said.description ?? null,
    owners: said.owners ?? null,
    tags: said.tags ?? null,
    schema: isWritten || (told === 'by a run' && isDropped(said)) ? null : (said.schema ?? null),
    metadata: metadataMap(facts),
    metrics: said.metrics,
    removed: removedBy(said.deleted, ['description', 'owners', 'tags', 'schema']),
  }
  const saysNothing =
    [stated.description, stated.owners, stated.tags, stated.schema].every((value) => value === null) &&
    facts.length + stated.removed.length + Object.keys(stated.metrics).length === 0
  if (saysNothing) return []
  return [sealed('AssetEvent', { ...at, key: said.key, change: 'STATED', ...nothingSaidOfAsset, ...stated })]
}

/** Facets that are about this writing of the dataset. */
export const factsOfOutput: readonly string[] = ['version', 'lifecycleStateChange']
