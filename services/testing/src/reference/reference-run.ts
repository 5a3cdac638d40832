import type { MaterializationEvent, OutputAsset, RunReference, RunState } from '@headwater/schemas'

export type ReferenceAssertion = 'explicit' | 'run'

/** What a run says one of its outputs is made of. */
export type ReferenceOutput = {
  readonly inputs: ReadonlySet<string>
  readonly assertion: ReferenceAssertion
  /** What its columns are made of, each once. */
  readonly columns: readonly StatedColumn[]
}

/** That a column is made of another; empty texts say nothing. */
export type StatedColumn = {
  /** The column that is made; empty for the whole row. */
  readonly of: string
  readonly key: string
  readonly column: string
  readonly transformation: string
  readonly kind: string
  readonly masking: boolean
  readonly description: string
}

/** A run: the join of its events. */
export type ReferenceRun = RunReference & {
  readonly state: RunState
  /** Null while the run has not ended. */
  readonly endedAt: number | null
  readonly lastOccurredAt: number
  readonly outputs: ReadonlyMap<string, ReferenceOutput>
}

export type EndedRun = ReferenceRun & { readonly endedAt: number }

const ranks: Readonly<Record<RunState, number>> = {
  UNKNOWN: 0,
  STARTED: 1,
  RUNNING: 2,
  SUCCEEDED: 3,
  ABORTED: 4,
  FAILED: 5,
}

/** Rule: a run is the join of its events: the state of greatest rank, and the union of inputs and of outputs. */
export function joinRun(events: readonly MaterializationEvent[]): ReferenceRun {
  const [first] = events
  if (first === undefined) throw new Error('A run has at least one event.')
  const state = events.map((event) => event.state).reduce((a, b) => (ranks[b] > ranks[a] ? b : a))
  const winners = events.filter((event) => event.state === state)
  const hasEnded = ranks[state] >= ranks.SUCCEEDED
  const runInputs = new Set(events.flatMap((event) => event.inputs.map((input) => input.key)))
  const outputs = events.flatMap((event) => event.outputs)
  return {
    jobNamespace: first.job.namespace,
    jobName: first.job.name,
    runId: first.runId,
    state,
    endedAt: hasEnded ? latest(winners) : null,
    lastOccurredAt: latest(events),
    outputs: new Map(outputs.map(({ key }) => [key, joinOutput(outputs, key, runInputs)])),
  }
}

/** Rule: own inputs, where any event states them, win over the run's; an empty list states that there are none. */
function joinOutput(outputs: readonly OutputAsset[], key: string, runInputs: ReadonlySet<string>): ReferenceOutput {
  const columns = joinColumns(outputs.filter((output) => output.key === key))
  const stated = outputs.filter((output) => output.key === key && output.inputs !== null)
  if (stated.length === 0) return { inputs: runInputs, assertion: 'run', columns }
  return { inputs: new Set(stated.flatMap((output) => output.inputs ?? [])), assertion: 'explicit', columns }
}

/** Rule: column lineage of an output is the union over the events of the run. */
function joinColumns(outputs: readonly OutputAsset[]): readonly StatedColumn[] {
  const columns = new Map<string, StatedColumn>()
  for (const { column: of, inputs } of outputs.flatMap((output) => output.columnLineage)) {
    for (const { key, column, masking, ...texts } of inputs) {
      const { transformation, kind, description } = texts
      const stated = {
        ...{ of, key, column, masking: masking ?? false },
        ...{ transformation: transformation ?? '', kind: kind ?? '', description: description ?? '' },
      }
      columns.set(JSON.stringify(stated), stated)
    }
  }
  return [...columns.values()]
}

const latest = (events: readonly MaterializationEvent[]) =>
  events.reduce((time, event) => Math.max(time, event.occurredAt), Number.NEGATIVE_INFINITY)

export const isSuccess = (run: ReferenceRun): run is EndedRun => run.state === 'SUCCEEDED'

export const isFailure = (run: ReferenceRun): run is EndedRun => run.state === 'FAILED' || run.state === 'ABORTED'

/** Whether the run says, in whatever state, that `to` is made of `from`. */
export const asserts = (run: ReferenceRun, from: string, to: string): boolean =>
  run.outputs.get(to)?.inputs.has(from) ?? false

export const runName = ({ jobNamespace, jobName, runId }: RunReference): string =>
  JSON.stringify([jobNamespace, jobName, runId])
