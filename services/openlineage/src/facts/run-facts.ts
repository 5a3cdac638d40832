import type { CheckResult } from '@headwater/schemas'
import { readErrorMessage } from '../facets/execution/error-message.ts'
import { type NominalTime, readNominalTime } from '../facets/execution/nominal-time.ts'
import { type Parent, readParent } from '../facets/execution/parent.ts'
import { readProcessingEngine } from '../facets/execution/processing-engine.ts'
import { readSparkException } from '../facets/execution/spark-exception.ts'
import { FacetSet } from '../facets/facet-set.ts'
import { type LineageEntry, readJobLineage } from '../facets/lineage/stated-lineage.ts'
import { readTests } from '../facets/quality/test-results.ts'
import type { FacetMap } from '../open-lineage-event.ts'

/** All that an event says of its run. */
export type RunSaid = {
  readonly parent: Parent | undefined
  readonly nominal: NominalTime | undefined
  readonly error: string | undefined
  readonly engine: string | undefined
  readonly lineage: readonly LineageEntry[]
  /** Checks that are tied to no dataset, and the facet that has them. */
  readonly tests: readonly CheckResult[]
  readonly testFacet: unknown
  readonly facts: ReadonlyMap<string, unknown>
}

export function readRunSaid(map: FacetMap | undefined): RunSaid {
  const facets = new FacetSet([map])
  const testFacet = facets.left().get('test')
  return {
    // Named `parentRun` by clients before it was in the specification, and by some until today.
    parent: facets.take('parent', readParent) ?? facets.take('parentRun', readParent),
    nominal: facets.take('nominalTime', readNominalTime),
    // Spark says it in a facet of its own.
    error: facets.take('errorMessage', readErrorMessage) ?? facets.take('spark.exception', readSparkException),
    engine: facets.take('processing_engine', readProcessingEngine),
    lineage: facets.take('lineage', readJobLineage) ?? [],
    tests: facets.take('test', readTests) ?? [],
    testFacet,
    facts: facets.left(),
  }
}
