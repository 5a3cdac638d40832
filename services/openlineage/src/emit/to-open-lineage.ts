import type { HeadwaterEvent } from '@headwater/schemas'
import type { OpenLineageEvent } from '../open-lineage-event.ts'
import { assetEvents, checkEvents } from './dataset-events.ts'
import { jobEvent } from './job-event.ts'
import { runEvents } from './run-events.ts'

/**
 * Maps a Headwater event to OpenLineage events (specification 2-0-2), in the order to send them; empty where OpenLineage cannot express
 * it. A pure function of the event.
 * @throws RangeError for an event whose time is outside the range of dates
 * @example
 * for (const event of toOpenLineage(headwaterEvent)) await post(JSON.stringify(event))
 */
export function toOpenLineage(event: HeadwaterEvent): readonly OpenLineageEvent[] {
  switch (event.type) {
    case 'MaterializationEvent':
      return runEvents(event.event)
    case 'AssetEvent':
      return assetEvents(event.event)
    case 'CheckEvent':
      return checkEvents(event.event)
    case 'JobEvent':
      return [jobEvent(event.event)]
    default:
      return event satisfies never
  }
}
