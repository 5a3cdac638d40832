import type { AssetEvent, CheckEvent, HeadwaterEvent, JobEvent, MaterializationEvent } from '@headwater/schemas'
import type { Run } from '../runs/run.ts'
import { runKey, runOf } from '../runs/run-identity.ts'
import type { Moment } from '../time/moment.ts'
import { contentOf } from './event-order.ts'
import { foldRun } from './fold-run.ts'

// Holds: each event is here once, as it was first recorded; the events of a run are together. Nothing changes after construction.

/** An event and when the log recorded it, in epoch milliseconds. */
export type RecordedEvent = Recorded<HeadwaterEvent>

type Recorded<T> = { readonly event: T; readonly recordedAt: number }

type LoggedRun = {
  readonly events: readonly Recorded<MaterializationEvent>[]
  /** The run by all its events, kept because most folds see all events of most runs. */
  whole?: Run
}

/** The records of a log by kind, so that one log can be folded at many moments. */
export class EventLog {
  readonly #runs: readonly LoggedRun[]
  readonly #assetEvents: Recorded<AssetEvent>[] = []
  readonly #checkEvents: Recorded<CheckEvent>[] = []
  readonly #jobEvents: Recorded<JobEvent>[] = []

  constructor(records: readonly RecordedEvent[]) {
    const runEvents: Recorded<MaterializationEvent>[] = []
    for (const { event: typed, recordedAt } of withoutRedeliveries(records)) {
      if (typed.type === 'MaterializationEvent') runEvents.push({ event: typed.event, recordedAt })
      else if (typed.type === 'AssetEvent') this.#assetEvents.push({ event: typed.event, recordedAt })
      else if (typed.type === 'CheckEvent') this.#checkEvents.push({ event: typed.event, recordedAt })
      else this.#jobEvents.push({ event: typed.event, recordedAt })
    }
    this.#runs = byRun(runEvents).map((events) => ({ events }))
  }

  /** The runs of which an event counts, folded from those events that do. */
  runs(moment: Moment = {}): readonly Run[] {
    return this.#runs.flatMap((run) => {
      const counted = countedAt(run.events, moment)
      if (counted.length === 0) return []
      if (counted.length < run.events.length) return [foldRun(counted)]
      run.whole ??= foldRun(counted)
      return [run.whole]
    })
  }

  materializationEvents(moment: Moment = {}): readonly MaterializationEvent[] {
    return this.#runs.flatMap(({ events }) => countedAt(events, moment))
  }

  assetEvents(moment: Moment = {}): readonly AssetEvent[] {
    return countedAt(this.#assetEvents, moment)
  }

  checkEvents(moment: Moment = {}): readonly CheckEvent[] {
    return countedAt(this.#checkEvents, moment)
  }

  jobEvents(moment: Moment = {}): readonly JobEvent[] {
    return countedAt(this.#jobEvents, moment)
  }
}

/** Of events with equal content the one recorded first counts. */
function withoutRedeliveries(records: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const firsts = new Map<string, RecordedEvent>()
  for (const record of records) {
    const content = contentOf(record.event)
    const known = firsts.get(content)
    if (known === undefined || record.recordedAt < known.recordedAt) firsts.set(content, record)
  }
  return [...firsts.values()]
}

function byRun(events: readonly Recorded<MaterializationEvent>[]): readonly Recorded<MaterializationEvent>[][] {
  const runs = new Map<string, Recorded<MaterializationEvent>[]>()
  for (const recorded of events) {
    const key = runKey(runOf(recorded.event))
    const known = runs.get(key)
    if (known === undefined) runs.set(key, [recorded])
    else known.push(recorded)
  }
  return [...runs.values()]
}

/** The events that occurred by `asOf` and were recorded by `knownAt`, both included. */
function countedAt<T extends { readonly occurredAt: number }>(
  events: readonly Recorded<T>[],
  { asOf = Number.POSITIVE_INFINITY, knownAt = Number.POSITIVE_INFINITY }: Moment,
): readonly T[] {
  return events
    .filter(({ event, recordedAt }) => event.occurredAt <= asOf && recordedAt <= knownAt)
    .map(({ event }) => event)
}
