import { EventLog, type Moment, type RecordedEvent } from '@headwater/lineage'
import { declarationOf } from './reference-declaration.ts'
import { ReferenceGraph } from './reference-graph.ts'

/** Rule: the graph of the events that count at the moment. Aliases are not resolved. */
export function foldReference(records: readonly RecordedEvent[] | EventLog, moment: Moment = {}): ReferenceGraph {
  const log = records instanceof EventLog ? records : new EventLog(records)
  return new ReferenceGraph(
    log.runs(moment),
    log.assetEvents(moment).filter(({ change }) => change === 'DROPPED'),
    log.jobEvents(moment).flatMap((event) => declarationOf(event) ?? []),
  )
}
