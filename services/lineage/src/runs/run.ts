import type { RunReference, RunState } from '@headwater/schemas'

/** Id of a set of asset keys: 32 hex digits, made by hashing the sorted members. The empty set has none. */
export type InputSetId = string & { readonly __inputSetId?: never }

/** What a run is identified by: several jobs may share one run id. */
export type RunIdentity = { readonly jobNamespace: string; readonly jobName: string; readonly runId: string }

/** What one event alone says about its run. Times are epoch milliseconds. */
export type RunFact = {
  /** Hash of the event's content, 32 hex digits: re-deliveries are the same fact. */
  readonly factId: string
  readonly occurredAt: number
  readonly recordedAt: number
  readonly producer: string
  readonly state: RunState
  readonly jobType: string | null
  readonly startedAt: number | null
  readonly nominalStart: number | null
  readonly nominalEnd: number | null
  readonly parent: RunReference | null
  readonly root: RunReference | null
  readonly by: string | null
  readonly error: string | null
  /** Values are JSON texts. */
  readonly metadata: Readonly<Record<string, string>>
  /** The inputs this event names; null when it names none. */
  readonly inputSet: InputSetId | null
  readonly outputs: readonly OutputFact[]
}

export type OutputFact = {
  readonly key: string
  /** The output's own inputs: undefined when not stated, null when stated to be none. */
  readonly inputSet?: InputSetId | null
  readonly metadata: Readonly<Record<string, string>>
}

/** A run as far as its known events tell. */
export type Run = {
  readonly state: RunState
  readonly jobType: string | null
  readonly producer: string
  readonly startedAt: number | null
  /** When the run ended; null while it has not. */
  readonly endedAt: number | null
  readonly lastEventAt: number
  readonly nominalStart: number | null
  readonly nominalEnd: number | null
  readonly parent: RunReference | null
  readonly root: RunReference | null
  readonly by: string | null
  readonly error: string | null
  readonly metadata: Readonly<Record<string, string>>
  /** The run's inputs are the union of these sets; sorted ids. */
  readonly inputSets: readonly InputSetId[]
  readonly outputs: readonly RunOutput[]
  /** When the last of the joined events was recorded. */
  readonly knownAt: number
  /** How many different events are joined here. */
  readonly factCount: number
}

export type RunOutput = {
  readonly key: string
  /** True when the inputs were stated for this output; they then win over the run's. */
  readonly explicit: boolean
  readonly inputSets: readonly InputSetId[]
  readonly metadata: Readonly<Record<string, string>>
}
