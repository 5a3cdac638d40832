import type { HeadwaterEvent } from '@headwater/schemas'
import type { OpenLineageEvent } from '../open-lineage-event.ts'
import { assetEvents, checkEvents } from './dataset-events.ts'
import { jobEvent } from './job-event.ts'
import { runEvents } from './run-events.ts'

/**
 * What an event says in the words of OpenLineage (specification 2-0-2), in the order to be sent; nothing when it has no
 * words for it. The same event always gives the same.
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
