import type { KeyOf } from '../dataset-key.ts'
import { FacetSet } from '../facets/facet-set.ts'
import type { OpenLineageDataset } from '../open-lineage-event.ts'
import { canonicalJson } from '../text/canonical-json.ts'

/** A dataset of an event, with everything from all the places where the event names it. */
export type DistinctDataset = {
  readonly key: string
  readonly isInput: boolean
  readonly isOutput: boolean
  /** Partitions trimmed from the names of inputs. */
  readonly partitionsRead: readonly string[]
  /** Partitions trimmed from the names of outputs. */
  readonly partitionsWritten: readonly string[]
  readonly facets: FacetSet
  readonly inputFacets: FacetSet
  readonly outputFacets: FacetSet
}

type Role = 'input' | 'output'
type Mention = { readonly dataset: OpenLineageDataset; readonly role: Role; readonly partition: string | undefined }

/** One entry for each asset key, in the order of first mention, inputs first. */
export function distinctDatasets(
  inputs: readonly OpenLineageDataset[],
  outputs: readonly OpenLineageDataset[],
  keyOf: KeyOf,
): readonly DistinctDataset[] {
  const mentionsByKey = new Map<string, Mention[]>()
  const add = (dataset: OpenLineageDataset, role: Role) => {
    const { key, partition } = keyOf(dataset)
    const mentions = mentionsByKey.get(key)
    if (mentions === undefined) mentionsByKey.set(key, [{ dataset, role, partition }])
    else mentions.push({ dataset, role, partition })
  }
  for (const dataset of inputs) add(dataset, 'input')
  for (const dataset of outputs) add(dataset, 'output')
  return [...mentionsByKey].map(([key, mentions]) =>
    combined(key, mentions.length === 1 ? mentions : withoutRepeats(mentions)),
  )
}

function combined(key: string, mentions: readonly Mention[]): DistinctDataset {
  const isWhole = mentions.every(({ partition }) => partition === undefined)
  const partitions = (role: Role) => (isWhole ? [] : partitionsOf(mentions, role))
  return {
    key,
    isInput: mentions.some(({ role }) => role === 'input'),
    isOutput: mentions.some(({ role }) => role === 'output'),
    partitionsRead: partitions('input'),
    partitionsWritten: partitions('output'),
    facets: new FacetSet(mentions.map(({ dataset }) => dataset.facets)),
    inputFacets: new FacetSet(
      mentions.map(({ dataset }) => dataset.inputFacets),
      true,
    ),
    outputFacets: new FacetSet(
      mentions.map(({ dataset }) => dataset.outputFacets),
      true,
    ),
  }
}

const partitionsOf = (mentions: readonly Mention[], role: Role) =>
  [...new Set(mentions.flatMap((mention) => (mention.role === role ? (mention.partition ?? []) : [])))].sort()

/** A dataset that is listed twice with the same content was read or written once. */
const withoutRepeats = (mentions: readonly Mention[]): readonly Mention[] => [
  ...new Map(mentions.map((mention) => [canonicalJson([mention.role, mention.dataset]), mention])).values(),
]
