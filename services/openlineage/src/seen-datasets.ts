import type { KeyOf } from './dataset-key.ts'
import { FacetSet } from './facet-set.ts'
import type { FacetMap, OpenLineageDataset } from './open-lineage-event.ts'

/** A dataset that an event names, once, however often and in which roles it does. */
export type SeenDataset = {
  readonly key: string
  readonly isInput: boolean
  readonly isOutput: boolean
  /** Partitions trimmed from its keys. */
  readonly partitions: readonly string[]
  readonly facets: FacetSet
  readonly inputFacets: FacetSet
  readonly outputFacets: FacetSet
}

type Sighting = { readonly dataset: OpenLineageDataset; readonly role: 'input' | 'output' }

/** The datasets in the order they are named, inputs first. */
export function seenDatasets(
  inputs: readonly OpenLineageDataset[],
  outputs: readonly OpenLineageDataset[],
  key: KeyOf,
): readonly SeenDataset[] {
  const sightings = new Map<string, (Sighting & { readonly partition: string | undefined })[]>()
  const see = (dataset: OpenLineageDataset, role: Sighting['role']) => {
    const { key: found, partition } = key(dataset)
    const before = sightings.get(found)
    if (before === undefined) sightings.set(found, [{ dataset, role, partition }])
    else before.push({ dataset, role, partition })
  }
  for (const dataset of inputs) see(dataset, 'input')
  for (const dataset of outputs) see(dataset, 'output')
  return [...sightings].map(([found, seen]) => {
    const maps = (name: 'facets' | 'inputFacets' | 'outputFacets'): FacetMap[] =>
      seen.map(({ dataset }) => dataset[name] ?? {})
    return {
      key: found,
      isInput: seen.some(({ role }) => role === 'input'),
      isOutput: seen.some(({ role }) => role === 'output'),
      partitions: [...new Set(seen.flatMap(({ partition }) => partition ?? []))].sort(),
      facets: new FacetSet(...maps('facets')),
      inputFacets: new FacetSet(...maps('inputFacets')),
      outputFacets: new FacetSet(...maps('outputFacets')),
    }
  })
}
