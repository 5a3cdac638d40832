// Holds: each event is here once, as first recorded; the events of a run are together. Nothing of it changes after construction.
import type { MaterializationEvent } from '@headwater/schemas'
import type { RecordedEvent } from './recorded-event.ts'
import { declarationOf, type ReferenceDeclaration } from './reference-declaration.ts'
import { joinRun, type ReferenceRun, runName } from './reference-run.ts'

type Recorded<T> = { readonly event: T; readonly recordedAt: number }
type Drop = { readonly key: string; readonly occurredAt: number }

type LoggedRun = {
  readonly events: readonly Recorded<MaterializationEvent>[]
  /** The run by all its events, kept because most folds see all events of most runs. */
  readonly whole: ReferenceRun
}

/** Records indexed by run, so that one log can be folded at many times. */
export class ReferenceLog {
  readonly runs: readonly LoggedRun[]
  readonly drops: readonly Recorded<Drop>[]
  readonly declarations: readonly Recorded<ReferenceDeclaration>[]

  constructor(records: readonly RecordedEvent[]) {
    const runs = new Map<string, Recorded<MaterializationEvent>[]>()
    const drops: Recorded<Drop>[] = []
    const declarations: Recorded<ReferenceDeclaration>[] = []
    for (const { event: typed, recordedAt } of withoutRedeliveries(records)) {
      if (typed.type === 'AssetEvent' && typed.event.change === 'DROPPED') {
        drops.push({ event: typed.event, recordedAt })
      }
      if (typed.type === 'JobEvent') {
        const declaration = declarationOf(typed.event)
        if (declaration !== undefined) declarations.push({ event: declaration, recordedAt })
      }
      if (typed.type === 'MaterializationEvent') {
        const { event } = typed
        const name = runName({ jobNamespace: event.job.namespace, jobName: event.job.name, runId: event.runId })
        const events = runs.get(name) ?? []
        events.push({ event, recordedAt })
        runs.set(name, events)
      }
    }
    this.runs = [...runs.values()].map((events) => ({ events, whole: joinRun(events.map(({ event }) => event)) }))
    this.drops = drops
    this.declarations = declarations
  }
}

/** Rule: of events of equal content the one recorded first counts. */
function withoutRedeliveries(records: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const firsts = new Map<string, RecordedEvent>()
  for (const record of records) {
    const content = JSON.stringify(record.event, withSortedNames)
    const known = firsts.get(content)
    if (known === undefined || record.recordedAt < known.recordedAt) firsts.set(content, record)
  }
  return [...firsts.values()]
}

function withSortedNames(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
