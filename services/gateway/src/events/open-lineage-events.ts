import { eventProblem } from '@headwater/lineage'
import { headwaterEventsOf, type MappingOptions, readOpenLineageEvent } from '@headwater/openlineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { invalidEvent } from '../errors.ts'

/** Translates one OpenLineage event. @throws GatewayError INVALID_EVENT */
export function openLineageEventsOf(value: unknown, options: MappingOptions): readonly HeadwaterEvent[] {
  const read = readOpenLineageEvent(value)
  if ('problems' in read) throw invalidEvent(read.problems)
  const events = headwaterEventsOf(read.event, options)
  for (const event of events) {
    const problem = eventProblem(event)
    if (problem !== undefined) throw invalidEvent([{ pointer: '', detail: problem }])
  }
  return events
}
