import type { RecordedEvent } from './recorded-event.ts'
import { ReferenceGraph } from './reference-graph.ts'
import { ReferenceLog } from './reference-log.ts'
import { joinRun } from './reference-run.ts'

export type ReferenceFoldOptions = {
  readonly asOf?: number | undefined
  readonly knownAt?: number | undefined
}

/** Rule: the graph of the events that occurred at or before `asOf` and were recorded at or before `knownAt`. Aliases are not resolved. */
export function foldReference(
  records: readonly RecordedEvent[] | ReferenceLog,
  { asOf = Number.POSITIVE_INFINITY, knownAt = Number.POSITIVE_INFINITY }: ReferenceFoldOptions = {},
): ReferenceGraph {
  const log = records instanceof ReferenceLog ? records : new ReferenceLog(records)
  const counts = (record: { readonly event: { readonly occurredAt: number }; readonly recordedAt: number }) =>
    record.event.occurredAt <= asOf && record.recordedAt <= knownAt
  const runs = log.runs.flatMap(({ events, whole }) => {
    const counted = events.filter(counts)
    if (counted.length === events.length) return [whole]
    return counted.length === 0 ? [] : [joinRun(counted.map(({ event }) => event))]
  })
  return new ReferenceGraph(
    runs,
    log.drops.filter(counts).map(({ event }) => event),
    log.declarations.filter(counts).map(({ event }) => event),
  )
}
