import type { RunState } from '@headwater/schemas'
import type { InputSetId, OutputFact, Run, RunFact, RunOutput } from './run.ts'
import { endsRun, joinStates } from './run-state.ts'

/**
 * The join of what several events say about one run. Commutative, associative over unions of facts, and idempotent:
 * only the set of facts matters. What an event may state and another restate (parent, error, metadata ...) is taken from
 * the latest by (occurredAt, factId) that states it; an empty text states nothing.
 * @throws RangeError when there is no fact
 */
export function foldRun(facts: readonly RunFact[]): Run {
  const [only] = facts
  if (only !== undefined && facts.length === 1) return runOf(only)
  const ordered = inOrder(facts)
  const last = ordered.at(-1)
  if (last === undefined) throw new RangeError('A run without events is no run')
  const state = ordered.reduce<RunState>((joined, fact) => joinStates(joined, fact.state), 'UNKNOWN')
  const stated = <K extends keyof RunFact>(field: K) =>
    ordered.findLast((fact) => fact[field] !== null && fact[field] !== '')?.[field] ?? null
  return {
    state,
    jobType: stated('jobType'),
    producer: last.producer,
    startedAt: startOf(ordered),
    endedAt: endOf(ordered, state),
    lastEventAt: last.occurredAt,
    nominalStart: stated('nominalStart'),
    nominalEnd: stated('nominalEnd'),
    parent: stated('parent'),
    root: stated('root'),
    by: stated('by'),
    error: stated('error'),
    metadata: merged(ordered.map((fact) => fact.metadata)),
    inputSets: distinct(ordered.map((fact) => fact.inputSet)),
    outputs: foldOutputs(ordered),
    knownAt: Math.max(...ordered.map((fact) => fact.recordedAt)),
    factCount: ordered.length,
  }
}

/** The run of one event: the common case, and the same as what the general way gives. */
function runOf(fact: RunFact): Run {
  const inputSets = fact.inputSet === null ? [] : [fact.inputSet]
  return {
    state: fact.state,
    jobType: fact.jobType || null,
    producer: fact.producer,
    startedAt: startedAtOf(fact),
    endedAt: endsRun(fact.state) ? fact.occurredAt : null,
    lastEventAt: fact.occurredAt,
    nominalStart: fact.nominalStart,
    nominalEnd: fact.nominalEnd,
    parent: fact.parent,
    root: fact.root,
    by: fact.by || null,
    error: fact.error || null,
    metadata: fact.metadata,
    inputSets,
    outputs: fact.outputs.length < 2 ? fact.outputs.map((output) => outputOf(output, inputSets)) : foldOutputs([fact]),
    knownAt: fact.recordedAt,
    factCount: 1,
  }
}

function outputOf({ key, inputSet, metadata }: OutputFact, runSets: readonly InputSetId[]): RunOutput {
  if (inputSet === undefined) return { key, explicit: false, inputSets: runSets, metadata }
  return { key, explicit: true, inputSets: inputSet === null ? [] : [inputSet], metadata }
}

/** The distinct facts by (occurredAt, factId); of re-deliveries the one recorded first. */
function inOrder(facts: readonly RunFact[]): readonly RunFact[] {
  const byId = new Map<string, RunFact>()
  for (const fact of facts) {
    const known = byId.get(fact.factId)
    if (known === undefined || fact.recordedAt < known.recordedAt) byId.set(fact.factId, fact)
  }
  return [...byId.values()].sort((a, b) => a.occurredAt - b.occurredAt || (a.factId < b.factId ? -1 : 1))
}

/** When the run started as far as one event tells: what it states, else its own time when it says that the run is on its way. */
export function startedAtOf({
  startedAt,
  state,
  occurredAt,
}: Pick<RunFact, 'startedAt' | 'state' | 'occurredAt'>): number | null {
  return startedAt ?? (state === 'STARTED' || state === 'RUNNING' ? occurredAt : null)
}

function startOf(facts: readonly RunFact[]): number | null {
  const starts = facts.map(startedAtOf).filter((at) => at !== null)
  return starts.length === 0 ? null : Math.min(...starts)
}

function endOf(facts: readonly RunFact[], state: RunState): number | null {
  if (!endsRun(state)) return null
  return facts.findLast((fact) => fact.state === state)?.occurredAt ?? null
}

function foldOutputs(facts: readonly RunFact[]): readonly RunOutput[] {
  const runSets = distinct(facts.map((fact) => fact.inputSet))
  const byKey = byOutput(facts)
  return [...byKey.keys()].sort().map((key) => {
    const stated = byKey.get(key) ?? []
    const own = stated.flatMap((output) => (output.inputSet === undefined ? [] : [output.inputSet]))
    return {
      key,
      explicit: own.length > 0,
      inputSets: own.length > 0 ? distinct(own) : runSets,
      metadata: merged(stated.map((output) => output.metadata)),
    }
  })
}

function byOutput(facts: readonly RunFact[]): ReadonlyMap<string, readonly OutputFact[]> {
  const byKey = new Map<string, OutputFact[]>()
  for (const output of facts.flatMap((fact) => fact.outputs)) {
    const stated = byKey.get(output.key)
    if (stated === undefined) byKey.set(output.key, [output])
    else stated.push(output)
  }
  return byKey
}

function distinct(ids: readonly (InputSetId | null)[]): readonly InputSetId[] {
  const given = ids.filter((id) => id !== null)
  return given.length < 2 ? given : [...new Set(given)].sort()
}

/** Later entries win. A prototype-less object, since keys come from outside. */
function merged(maps: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  if (maps.length === 1 && maps[0] !== undefined) return maps[0]
  return Object.assign(Object.create(null), ...maps)
}
