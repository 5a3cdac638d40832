import type { CheckResult } from '@headwater/schemas'
import { readErrorMessage } from '../facets/execution/error-message.ts'
import { type NominalTime, readNominalTime } from '../facets/execution/nominal-time.ts'
import { type Parent, readParent } from '../facets/execution/parent.ts'
import { readProcessingEngine } from '../facets/execution/processing-engine.ts'
import { readSparkException } from '../facets/execution/spark-exception.ts'
import { FacetSet } from '../facets/facet-set.ts'
import { type LineageEntry, readJobLineage } from '../facets/lineage/explicit-lineage.ts'
import { readTests } from '../facets/quality/test-results.ts'
import type { FacetMap } from '../open-lineage-event.ts'

/** Everything that an event states about its run. */
export type RunFacts = {
  readonly parent: Parent | undefined
  readonly nominal: NominalTime | undefined
  readonly error: string | undefined
  readonly engine: string | undefined
  readonly lineage: readonly LineageEntry[]
  /** Checks that name no dataset, and the facet they were read from. */
  readonly tests: readonly CheckResult[]
  readonly testFacet: unknown
  /** Facets kept as metadata, by name. */
  readonly metadata: ReadonlyMap<string, unknown>
}

export function readRunFacts(map: FacetMap | undefined): RunFacts {
  const facets = new FacetSet([map])
  const testFacet = facets.remaining().get('test')
  return {
    // Some clients still call the facet `parentRun`, its name before it was in the specification.
    parent: facets.take('parent', readParent) ?? facets.take('parentRun', readParent),
    nominal: facets.take('nominalTime', readNominalTime),
    // Spark has its own facet for errors.
    error: facets.take('errorMessage', readErrorMessage) ?? facets.take('spark.exception', readSparkException),
    engine: facets.take('processing_engine', readProcessingEngine),
    lineage: facets.take('lineage', readJobLineage) ?? [],
    tests: facets.take('test', readTests) ?? [],
    testFacet,
    metadata: facets.remaining(),
  }
}
