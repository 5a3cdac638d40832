import type { EventLog, RecordedEvent } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { foldReference } from '../../reference/fold-reference.ts'
import type { ReferenceGraph } from '../../reference/reference-graph.ts'
import type { QuestionMoment } from './question.ts'

/** What is known at a moment, by the reference. */
export type ReferenceView = {
  readonly graph: ReferenceGraph
  /** Assets that an event names. */
  readonly named: ReadonlySet<string>
}

export function referenceView(
  log: EventLog,
  events: readonly RecordedEvent[],
  { asOf = Number.POSITIVE_INFINITY, knownAt = Number.POSITIVE_INFINITY }: QuestionMoment,
): ReferenceView {
  const named = new Set<string>()
  for (const { event, recordedAt } of events) {
    if (event.event.occurredAt > asOf || recordedAt > knownAt) continue
    for (const key of keysOf(event)) named.add(key)
  }
  return { graph: foldReference(log, { asOf, knownAt }), named }
}

function keysOf(typed: HeadwaterEvent): readonly string[] {
  if (typed.type === 'JobEvent') return (typed.event.lineage ?? []).flatMap(({ output, inputs }) => [output, ...inputs])
  if (typed.type !== 'MaterializationEvent') return [typed.event.key]
  const { inputs, outputs } = typed.event
  return [...inputs.map(({ key }) => key), ...outputs.flatMap(({ key, inputs: own }) => [key, ...(own ?? [])])]
}
