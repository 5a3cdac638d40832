import type { InputSetId, RunIdentity } from '@headwater/lineage'
import type { FactsOfRun } from './fold-runs.ts'
import type { EventRows, PositionRow, RunRows } from './rows.ts'

/** Where rows go. Each write resolves when its rows are durable; writing rows again changes nothing. */
export interface RowSink {
  writeEvents(rows: EventRows): Promise<void>
  writeRuns(rows: RunRows): Promise<void>
  writePositions(rows: readonly PositionRow[]): Promise<void>
  writeHeartbeats(rows: readonly HeartbeatRow[]): Promise<void>
  /** Everything known of those of `runs` of which more than one event is known, these having been written before. */
  factsOfRepeatedRuns(runs: readonly RunIdentity[]): Promise<readonly FactsOfRun[]>
  inputSets(setIds: readonly InputSetId[]): Promise<ReadonlyMap<InputSetId, readonly string[]>>
  /** Last folded offset by partition. */
  positions(topic: string): Promise<ReadonlyMap<number, number>>
}

export type HeartbeatRow = {
  readonly topic: string
  readonly partition: number
  readonly logEndOffset: number
  readonly nextOffset: number
  readonly observedAt: number
}
