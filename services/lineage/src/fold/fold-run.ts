import type { MaterializationEvent, OutputAsset, RunState } from '@headwater/schemas'
import type { Run, RunColumn, RunOutput } from '../runs/run.ts'
import { runOf } from '../runs/run-identity.ts'
import { endsRun, joinStates } from '../runs/run-state.ts'
import { inOrder } from './event-order.ts'

/**
 * The specification of a run: the join of its events, which SQL computes in infra/clickhouse/src/sql/folded-runs.ts. Commutative and idempotent:
 * only the set of events matters. A field that an event may report and another report again (parent, error, metadata ...) is taken from the
 * latest event that reports it; an empty text reports nothing.
 * @param events those of one run
 * @throws RangeError without events
 */
export function foldRun(events: readonly MaterializationEvent[]): Run {
  const ordered = inOrder(events)
  const last = ordered.at(-1)
  if (last === undefined) throw new RangeError('A run has at least one event')
  const state = ordered.reduce<RunState>((joined, event) => joinStates(joined, event.state), 'UNKNOWN')
  const latest = <K extends 'nominalStart' | 'nominalEnd' | 'parent' | 'root' | 'by' | 'error'>(field: K) =>
    ordered.findLast((event) => event[field] !== null && event[field] !== '')?.[field] ?? null
  const inputs = sortedSet(ordered.flatMap((event) => event.inputs.map(({ key }) => key)))
  return {
    ...runOf(last),
    state,
    jobType: ordered.findLast(({ job }) => job.type !== null && job.type !== '')?.job.type ?? null,
    producer: last.producer,
    startedAt: startOf(ordered),
    endedAt: endOf(ordered, state),
    lastEventAt: last.occurredAt,
    nominalStart: latest('nominalStart'),
    nominalEnd: latest('nominalEnd'),
    parent: latest('parent'),
    root: latest('root'),
    by: latest('by'),
    error: latest('error'),
    metadata: merged(ordered.map(({ metadata }) => metadata)),
    inputs,
    outputs: foldOutputs(ordered, inputs),
  }
}

/** When the run started as far as one event knows: the start that it reports, else its own time if it reports that the run is under way. */
export function startedAtOf({
  startedAt,
  state,
  occurredAt,
}: Pick<MaterializationEvent, 'startedAt' | 'state' | 'occurredAt'>): number | null {
  return startedAt ?? (state === 'STARTED' || state === 'RUNNING' ? occurredAt : null)
}

function startOf(events: readonly MaterializationEvent[]): number | null {
  const starts = events.map(startedAtOf).filter((at) => at !== null)
  return starts.length === 0 ? null : Math.min(...starts)
}

/** The latest event that has the run's state. */
function endOf(events: readonly MaterializationEvent[], state: RunState): number | null {
  if (!endsRun(state)) return null
  return events.findLast((event) => event.state === state)?.occurredAt ?? null
}

function foldOutputs(
  events: readonly MaterializationEvent[],
  runInputs: ReadonlySet<string>,
): ReadonlyMap<string, RunOutput> {
  const byKey = new Map<string, OutputAsset[]>()
  for (const output of events.flatMap(({ outputs }) => outputs)) {
    const known = byKey.get(output.key)
    if (known === undefined) byKey.set(output.key, [output])
    else known.push(output)
  }
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(sorted.map(([key, reports]) => [key, foldOutput(reports, runInputs)]))
}

/** An output's own inputs, where any event reports them, win over the run's; an empty list reports that it has none. */
function foldOutput(reports: readonly OutputAsset[], runInputs: ReadonlySet<string>): RunOutput {
  const own = reports.map(({ inputs }) => inputs).filter((inputs) => inputs !== null)
  return {
    explicit: own.length > 0,
    inputs: own.length > 0 ? sortedSet(own.flat()) : runInputs,
    columns: foldColumns(reports),
    metadata: merged(reports.map(({ metadata }) => metadata)),
    metrics: merged(reports.map(({ metrics }) => metrics)),
  }
}

/** The union over all events; null and an empty text are the same. */
function foldColumns(reports: readonly OutputAsset[]): readonly RunColumn[] {
  const columns = new Map<string, RunColumn>()
  for (const { column, inputs } of reports.flatMap(({ columnLineage }) => columnLineage)) {
    for (const input of inputs) {
      const made: RunColumn = {
        column,
        from: { key: input.key, column: input.column },
        transformation: input.transformation ?? '',
        kind: input.kind ?? '',
        masking: input.masking ?? false,
        description: input.description ?? '',
      }
      columns.set(JSON.stringify(made), made)
    }
  }
  return [...columns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, column]) => column)
}

const sortedSet = (keys: readonly string[]): ReadonlySet<string> => new Set([...new Set(keys)].sort())

/** Later entries win. A prototype-less object, since names come from outside. */
function merged<T>(records: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  if (records.length === 1 && records[0] !== undefined) return records[0]
  return Object.assign(Object.create(null), ...records)
}
