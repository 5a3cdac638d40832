import type { InputSetId } from '@headwater/lineage'
import type { EncodedTable } from './encoded-rows.ts'
import type { FactsOfRun } from './fold-runs.ts'

/** Where rows go. Each write resolves when its rows are durable; writing rows again changes nothing. */
export interface RowSink {
  write(tables: readonly EncodedTable[]): Promise<void>
  /** Everything known of runs with these ids of which more than one event is known, these having been written before. */
  factsOfRepeatedRuns(runIds: readonly string[]): Promise<readonly FactsOfRun[]>
  inputSets(setIds: readonly InputSetId[]): Promise<ReadonlyMap<InputSetId, readonly string[]>>
  /** Last folded offset by partition. */
  positions(topic: string): Promise<ReadonlyMap<number, number>>
}
