import type { CheckResult, Column, ColumnLineage } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import { columnLineageOf, mergedColumns } from '../edges/column-lineage.ts'
import { statedColumns } from '../edges/stated-lineage.ts'
import { type Exposure, readDbtExposures } from '../facets/description/dbt-exposures.ts'
import { readDbtModel } from '../facets/description/dbt-model.ts'
import { readDocumentation } from '../facets/description/documentation.ts'
import { type Lifecycle, readLifecycle } from '../facets/description/lifecycle.ts'
import { readOwnership } from '../facets/description/ownership.ts'
import { readSchema } from '../facets/description/schema.ts'
import { readSymlinks, type Symlink } from '../facets/description/symlinks.ts'
import { readTags } from '../facets/description/tags.ts'
import { readColumnLineage } from '../facets/lineage/column-lineage.ts'
import { readDatasetLineage, type StatedLineage } from '../facets/lineage/stated-lineage.ts'
import { readAssertions } from '../facets/quality/assertions.ts'
import { readOutputStatistics } from '../facets/quality/output-statistics.ts'
import { readQualityMetrics } from '../facets/quality/quality-metrics.ts'
import type { SeenDataset } from './seen-datasets.ts'

type Metrics = Readonly<Record<string, number>>
type Facts = ReadonlyMap<string, unknown>

/** All that an event says of one dataset. */
export type DatasetSaid = Pick<SeenDataset, 'key' | 'isInput' | 'isOutput' | 'partitionsRead' | 'partitionsWritten'> & {
  readonly schema: readonly Column[] | undefined
  readonly description: string | undefined
  readonly owners: readonly string[] | undefined
  readonly tags: readonly string[] | undefined
  readonly symlinks: readonly Symlink[]
  readonly lifecycle: Lifecycle | undefined
  readonly lineage: StatedLineage | undefined
  readonly columns: readonly ColumnLineage[]
  /** The facet that has them: only what a run writes carries column lineage, of anything else it is kept as it is. */
  readonly columnFacet: unknown
  readonly exposures: readonly Exposure[] | undefined
  readonly checks: readonly CheckResult[]
  /** Numbers about the dataset, and about what the run wrote of it. */
  readonly metrics: Metrics
  readonly outputMetrics: Metrics
  /** Names of facets that no longer hold. */
  readonly deleted: readonly string[]
  /** What is kept of facets, by their names. */
  readonly facts: Facts
  readonly inputFacts: Facts
  readonly outputFacts: Facts
}

export function readDatasetSaid(dataset: SeenDataset, key: KeyOf): DatasetSaid {
  const { facets, inputFacets, outputFacets } = dataset
  const lineage = facets.take('lineage', readDatasetLineage)
  const columnFacet = facets.left().get('columnLineage')
  const columns = facets.takeAll('columnLineage', readColumnLineage)
  const stated = lineage === undefined ? [] : [statedColumns(lineage)]
  const owners = facets.take('ownership', readOwnership)
  const modelOwners = facets.take('dbt_model', readDbtModel)
  const own = facets.take('dataQualityMetrics', readQualityMetrics)
  const read = inputFacets.take('dataQualityMetrics', readQualityMetrics)
  const written = outputFacets.take('dataQualityMetrics', readQualityMetrics)
  const lastUpdated = written?.lastUpdated ?? read?.lastUpdated ?? own?.lastUpdated
  const statistics = statisticsOf(dataset)
  return {
    key: dataset.key,
    isInput: dataset.isInput,
    isOutput: dataset.isOutput,
    partitionsRead: dataset.partitionsRead,
    partitionsWritten: dataset.partitionsWritten,
    schema: facets.take('schema', readSchema),
    description: facets.take('documentation', readDocumentation),
    owners: owners ?? (modelOwners?.length === 0 ? undefined : modelOwners),
    tags: facets.take('tags', readTags),
    symlinks: facets.takeAll('symlinks', readSymlinks).flat(),
    lifecycle: facets.take('lifecycleStateChange', readLifecycle),
    lineage,
    columns: mergedColumns([...stated, ...columns].map((one) => columnLineageOf(one, key))),
    columnFacet,
    exposures: facets.take('dbt_exposures', readDbtExposures),
    checks: checksOf(dataset),
    metrics: { ...own?.metrics, ...read?.metrics },
    outputMetrics: { ...written?.metrics, ...sumOf(statistics) },
    deleted: facets.deleted,
    facts: lastUpdated === undefined ? facets.left() : new Map([...facets.left(), ['lastUpdated', lastUpdated]]),
    inputFacts: inputFacets.left(),
    outputFacts: outputFacets.left(),
  }
}

/** Statistics of an output; some clients have them among the facets of the dataset. */
function statisticsOf({ facets, outputFacets, isOutput }: SeenDataset): readonly Metrics[] {
  const found = outputFacets.takeAll('outputStatistics', readOutputStatistics)
  return found.length > 0 || !isOutput ? found : facets.takeAll('outputStatistics', readOutputStatistics)
}

function checksOf({ facets, inputFacets, outputFacets }: SeenDataset): readonly CheckResult[] {
  const lists = [facets, inputFacets, outputFacets].map((set) => set.takeAll('dataQualityAssertions', readAssertions))
  return lists.every((list) => list.length === 0) ? [] : lists.flat(2)
}

/** Of the partitions of a dataset, together. */
function sumOf(all: readonly Metrics[]): Metrics {
  if (all.length <= 1) return all[0] ?? {}
  const sums = new Map<string, number>()
  for (const [name, value] of all.flatMap(Object.entries)) sums.set(name, (sums.get(name) ?? 0) + value)
  return Object.fromEntries(sums)
}
