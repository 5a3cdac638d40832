import type { KeyOf } from '../dataset-key.ts'
import { FacetSet } from '../facets/facet-set.ts'
import type { OpenLineageDataset } from '../open-lineage-event.ts'
import { canonicalJson } from '../text/canonical-json.ts'

/** A dataset that an event names, once, however often and in which roles it does. */
export type SeenDataset = {
  readonly key: string
  readonly isInput: boolean
  readonly isOutput: boolean
  /** Partitions trimmed from the names of inputs, and of outputs. */
  readonly partitionsRead: readonly string[]
  readonly partitionsWritten: readonly string[]
  readonly facets: FacetSet
  readonly inputFacets: FacetSet
  readonly outputFacets: FacetSet
}

type Role = 'input' | 'output'
type Sighting = { readonly dataset: OpenLineageDataset; readonly role: Role; readonly partition: string | undefined }

/** The datasets in the order they are named, inputs first. */
export function seenDatasets(
  inputs: readonly OpenLineageDataset[],
  outputs: readonly OpenLineageDataset[],
  key: KeyOf,
): readonly SeenDataset[] {
  const sightings = new Map<string, Sighting[]>()
  const see = (dataset: OpenLineageDataset, role: Role) => {
    const { key: found, partition } = key(dataset)
    const before = sightings.get(found)
    if (before === undefined) sightings.set(found, [{ dataset, role, partition }])
    else before.push({ dataset, role, partition })
  }
  for (const dataset of inputs) see(dataset, 'input')
  for (const dataset of outputs) see(dataset, 'output')
  return [...sightings].map(([found, seen]) => together(found, seen.length === 1 ? seen : withoutRepeats(seen)))
}

function together(key: string, seen: readonly Sighting[]): SeenDataset {
  const isWhole = seen.every(({ partition }) => partition === undefined)
  const partitions = (role: Role) => (isWhole ? [] : partitionsOf(seen, role))
  return {
    key,
    isInput: seen.some(({ role }) => role === 'input'),
    isOutput: seen.some(({ role }) => role === 'output'),
    partitionsRead: partitions('input'),
    partitionsWritten: partitions('output'),
    facets: new FacetSet(seen.map(({ dataset }) => dataset.facets)),
    inputFacets: new FacetSet(
      seen.map(({ dataset }) => dataset.inputFacets),
      true,
    ),
    outputFacets: new FacetSet(
      seen.map(({ dataset }) => dataset.outputFacets),
      true,
    ),
  }
}

const partitionsOf = (seen: readonly Sighting[], role: Role) =>
  [...new Set(seen.flatMap((sighting) => (sighting.role === role ? (sighting.partition ?? []) : [])))].sort()

/** A dataset that is listed twice with the same content was read or written once. */
const withoutRepeats = (seen: readonly Sighting[]): readonly Sighting[] => [
  ...new Map(seen.map((sighting) => [canonicalJson([sighting.role, sighting.dataset]), sighting])).values(),
]
