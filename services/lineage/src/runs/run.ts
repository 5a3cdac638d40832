import type { RunState } from '@headwater/schemas'
import type { ColumnEnd, ColumnTransformation } from '../graph/column-link.ts'
import type { RunIdentity } from './run-identity.ts'

/** One run, folded from its events. Times are epoch milliseconds. */
export type Run = RunIdentity & {
  readonly state: RunState
  readonly jobType: string | null
  readonly producer: string
  readonly startedAt: number | null
  /** Null while the run has not ended. */
  readonly endedAt: number | null
  readonly lastEventAt: number
  readonly nominalStart: number | null
  readonly nominalEnd: number | null
  readonly parent: RunIdentity | null
  readonly root: RunIdentity | null
  readonly by: string | null
  readonly error: string | null
  /** Values are JSON texts. */
  readonly metadata: Readonly<Record<string, string>>
  /** Keys of the assets it read, sorted. */
  readonly inputs: ReadonlySet<string>
  /** By the key of the asset it wrote, sorted. */
  readonly outputs: ReadonlyMap<string, RunOutput>
}

export type RunOutput = {
  /** True when the inputs were reported for this output; they then win over the run's. */
  readonly explicit: boolean
  readonly inputs: ReadonlySet<string>
  /** Each once. */
  readonly columns: readonly RunColumn[]
  readonly metadata: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, number>>
}

/** How a run made a column of an output from a column of an input. */
export type RunColumn = ColumnTransformation & {
  /** The column that is made; empty for the whole row. */
  readonly column: string
  readonly from: ColumnEnd
}
