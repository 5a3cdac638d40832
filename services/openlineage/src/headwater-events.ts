import { type PartitionRules, withoutSecrets } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { datasetEvents } from './dataset-events.ts'
import { keyOf } from './dataset-key.ts'
import { declaredJobEvents } from './job-events.ts'
import type { OpenLineageEvent } from './open-lineage-event.ts'
import { runEvents } from './run-events.ts'

export type MappingOptions = {
  /** Key prefixes, or `*` for all: partitions in names below them are trimmed, so that all partitions of a dataset are one asset. */
  readonly trim?: PartitionRules
}

const untrimmed: PartitionRules = []

/**
 * Maps an OpenLineage event to Headwater's events: the run, its job, and each dataset with its checks, all without secrets. A pure
 * function: event ids are made of content, so a repeated delivery gives the same events.
 * @example
 * const read = readOpenLineageEvent(JSON.parse(body))
 * const events = 'event' in read ? headwaterEventsOf(read.event, { trim: ['s3://lake/'] }) : []
 */
export function headwaterEventsOf(event: OpenLineageEvent, options: MappingOptions = {}): readonly HeadwaterEvent[] {
  const events = eventsOf(withoutSecrets(event), keyOf(options.trim ?? untrimmed))
  if (events.length === 1) return events
  return [...new Map(events.map((each) => [each.event.eventId, each])).values()]
}

function eventsOf(event: OpenLineageEvent, key: ReturnType<typeof keyOf>): readonly HeadwaterEvent[] {
  if ('run' in event) return runEvents(event, key)
  return 'job' in event ? declaredJobEvents(event, key) : datasetEvents(event, key)
}
