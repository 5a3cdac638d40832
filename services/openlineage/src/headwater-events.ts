import type { PartitionRules } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { datasetEvents } from './dataset-events.ts'
import { keyOf } from './dataset-key.ts'
import { declaredJobEvents } from './job-events.ts'
import type { OpenLineageEvent } from './open-lineage-event.ts'
import { runEvents } from './run-events.ts'

export type MappingOptions = {
  /** Beginnings of keys whose partitions are trimmed: all partitions of a dataset are one asset. */
  readonly trim?: PartitionRules
}

const untrimmed: PartitionRules = []

/**
 * What an OpenLineage event says, in Headwater's events: what happened in the run, what is known of its job and of each dataset. A pure
 * function of the event: ids are made of content, so the same body gives the same events however often it comes.
 */
export function headwaterEventsOf(event: OpenLineageEvent, options: MappingOptions = {}): readonly HeadwaterEvent[] {
  const events = eventsOf(event, keyOf(options.trim ?? untrimmed))
  if (events.length === 1) return events
  return [...new Map(events.map((found) => [found.event.eventId, found])).values()]
}

function eventsOf(event: OpenLineageEvent, key: ReturnType<typeof keyOf>): readonly HeadwaterEvent[] {
  if ('run' in event) return runEvents(event, key)
  return 'job' in event ? declaredJobEvents(event, key) : datasetEvents(event, key)
}
