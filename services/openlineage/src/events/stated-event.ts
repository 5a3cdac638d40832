import { type HeadwaterEvent, nothingSaidOfAsset } from '@headwater/schemas'
import type { DatasetSaid } from '../dataset-said.ts'
import { metadataMap } from '../metadata-map.ts'
import { removedBy } from '../removed.ts'
import type { SaidAt } from '../said-at.ts'
import { sealed } from '../sealed.ts'

/**
 * What an event says of an asset apart from the run. Of an output the run says the schema itself, its version and what was done to it.
 */
export function statedEvents(said: DatasetSaid, isWritten: boolean, at: SaidAt): readonly HeadwaterEvent[] {
  const facts = isWritten
    ? [...said.facts].filter(([name]) => !factsOfOutput.includes(name))
    : [...said.facts, ...(said.columnFacet === undefined ? [] : [['columnLineage', said.columnFacet] as const])]
  const stated = {
    description: said.description ?? null,
    owners: said.owners ?? null,
    tags: said.tags ?? null,
    schema: isWritten ? null : (said.schema ?? null),
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
