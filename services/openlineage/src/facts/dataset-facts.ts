import type { CheckResult, Column, ColumnLineage } from '@headwater/schemas'
import type { KeyOf } from '../dataset-key.ts'
import { columnLineageOf, mergedColumns } from '../edges/column-lineage.ts'
import { explicitColumns } from '../edges/explicit-lineage.ts'
import { type Exposure, readDbtExposures } from '../facets/description/dbt-exposures.ts'
import { readDbtModel } from '../facets/description/dbt-model.ts'
import { readDocumentation } from '../facets/description/documentation.ts'
import { type Lifecycle, readLifecycle } from '../facets/description/lifecycle.ts'
import { readOwnership } from '../facets/description/ownership.ts'
import { readSchema } from '../facets/description/schema.ts'
import { readSymlinks, type Symlink } from '../facets/description/symlinks.ts'
import { readTags } from '../facets/description/tags.ts'
import { readColumnLineage } from '../facets/lineage/column-lineage.ts'
import { type ExplicitLineage, readDatasetLineage } from '../facets/lineage/explicit-lineage.ts'
import { readAssertions } from '../facets/quality/assertions.ts'
import { readOutputStatistics } from '../facets/quality/output-statistics.ts'
import { readQualityMetrics } from '../facets/quality/quality-metrics.ts'
import type { DistinctDataset } from './distinct-datasets.ts'

type Metrics = Readonly<Record<string, number>>
type Metadata = ReadonlyMap<string, unknown>

/** Everything that an event states about one dataset. */
export type DatasetFacts = Pick<
  DistinctDataset,
  'key' | 'isInput' | 'isOutput' | 'partitionsRead' | 'partitionsWritten'
> & {
  readonly schema: readonly Column[] | undefined
  readonly description: string | undefined
  readonly owners: readonly string[] | undefined
  readonly tags: readonly string[] | undefined
  readonly symlinks: readonly Symlink[]
  readonly lifecycle: Lifecycle | undefined
  readonly lineage: ExplicitLineage | undefined
  readonly columns: readonly ColumnLineage[]
  /** The facet `columns` was read from: of a dataset that the run does not write it is kept unchanged as metadata. */
  readonly columnFacet: unknown
  readonly exposures: readonly Exposure[] | undefined
  readonly checks: readonly CheckResult[]
  /** Metrics of the dataset. */
  readonly metrics: Metrics
  /** Metrics of what the run wrote. */
  readonly outputMetrics: Metrics
  /** Names of facets with `_deleted: true`. */
  readonly deleted: readonly string[]
  /** Facets kept as metadata, by name. */
  readonly metadata: Metadata
  readonly inputMetadata: Metadata
  readonly outputMetadata: Metadata
}

export function readDatasetFacts(dataset: DistinctDataset, key: KeyOf): DatasetFacts {
  const { facets, inputFacets, outputFacets } = dataset
  const lineage = facets.take('lineage', readDatasetLineage)
  const columnFacet = facets.remaining().get('columnLineage')
  const columns = facets.takeAll('columnLineage', readColumnLineage)
  const explicit = lineage === undefined ? [] : [explicitColumns(lineage)]
  const owners = facets.take('ownership', readOwnership)
  const modelOwners = facets.take('dbt_model', readDbtModel)
  const ofDataset = facets.take('dataQualityMetrics', readQualityMetrics)
  const ofReading = inputFacets.take('dataQualityMetrics', readQualityMetrics)
  const ofWriting = outputFacets.take('dataQualityMetrics', readQualityMetrics)
  const lastUpdated = ofWriting?.lastUpdated ?? ofReading?.lastUpdated ?? ofDataset?.lastUpdated
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
    columns: mergedColumns([...explicit, ...columns].map((fields) => columnLineageOf(fields, key))),
    columnFacet,
    exposures: facets.take('dbt_exposures', readDbtExposures),
    checks: checksOf(dataset),
    metrics: { ...ofDataset?.metrics, ...ofReading?.metrics },
    outputMetrics: { ...ofWriting?.metrics, ...sumOf(statistics) },
    deleted: facets.deleted,
    metadata:
      lastUpdated === undefined ? facets.remaining() : new Map([...facets.remaining(), ['lastUpdated', lastUpdated]]),
    inputMetadata: inputFacets.remaining(),
    outputMetadata: outputFacets.remaining(),
  }
}

/** Statistics of an output; some clients send them among the facets of the dataset. */
function statisticsOf({ facets, outputFacets, isOutput }: DistinctDataset): readonly Metrics[] {
  const found = outputFacets.takeAll('outputStatistics', readOutputStatistics)
  return found.length > 0 || !isOutput ? found : facets.takeAll('outputStatistics', readOutputStatistics)
}

function checksOf({ facets, inputFacets, outputFacets }: DistinctDataset): readonly CheckResult[] {
  const lists = [facets, inputFacets, outputFacets].map((set) => set.takeAll('dataQualityAssertions', readAssertions))
  return lists.every((list) => list.length === 0) ? [] : lists.flat(2)
}

/** The sums over the partitions of a dataset. */
function sumOf(all: readonly Metrics[]): Metrics {
  if (all.length <= 1) return all[0] ?? {}
  const sums = new Map<string, number>()
  for (const [name, value] of all.flatMap(Object.entries)) sums.set(name, (sums.get(name) ?? 0) + value)
  return Object.fromEntries(sums)
}
