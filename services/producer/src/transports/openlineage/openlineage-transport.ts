import { toOpenLineage } from '@headwater/openlineage'
import { type HeadwaterEvent, messageKey } from '@headwater/schemas'
import { textOf } from '../../problems.ts'
import { endpointUrl } from '../http/endpoint-url.ts'
import { httpClient } from '../http/http-client.ts'
import type { HttpOptions } from '../http/http-options.ts'
import { HttpStatusError } from '../http/http-status-error.ts'
import { type Transport, TransportError, verdictOf } from '../transport.ts'
import { FailingEvents } from './failing-events.ts'
import { inLanes } from './in-lanes.ts'

export type OpenLineageTransportOptions = HttpOptions & {
  /** Where events go on that server. Default api/v1/lineage. */
  readonly endpoint?: string
}

const requestsAtOnce = 8

// Holds: events of one run, or of one asset, are posted one after the other. What was posted of a batch that failed is
// remembered until the batch is through, so that another attempt posts only the rest: OpenLineage has no event ids.

/** Sends events to any server that takes OpenLineage (specification 2-0-2), one event a request as its clients do. */
export function openLineageTransport(options: OpenLineageTransportOptions): Transport {
  const client = httpClient(endpointUrl(options.url, options.endpoint ?? 'api/v1/lineage'), options)
  const posted = new Map<string, number>()
  const failing = new FailingEvents()

  const post = async (event: HeadwaterEvent): Promise<void> => {
    const { eventId } = event.event
    const done = posted.get(eventId) ?? 0
    for (const [index, body] of bodiesOf(event).entries()) {
      if (index < done) continue
      await client.post(body).catch((error: unknown) => {
        if (isServerError(error) && failing.failed(eventId))
          throw new TransportError('UNSENDABLE', `The server fails on it alone: ${error.message}`, { cause: error })
        throw error
      })
      posted.set(eventId, index + 1)
      failing.stored(eventId)
    }
  }
  return {
    async send(events) {
      const forget = () => {
        for (const { event } of events) {
          posted.delete(event.eventId)
          failing.forget(event.eventId)
        }
      }
      await inLanes(events, messageKey, requestsAtOnce, post).catch((error: unknown) => {
        if (events.length === 1 && verdictOf(error) === 'UNSENDABLE') forget()
        throw error
      })
      forget()
    },
    close: async () => client.close(),
  }
}

const isServerError = (error: unknown): error is HttpStatusError =>
  error instanceof HttpStatusError && error.status === 500

/** @throws TransportError UNSENDABLE for an event that cannot be said, e.g. at a time that is none */
function bodiesOf(event: HeadwaterEvent): readonly string[] {
  try {
    return toOpenLineage(event).map((each) => JSON.stringify(each))
  } catch (cause) {
    throw new TransportError('UNSENDABLE', `It has no OpenLineage form: ${textOf(cause)}`, { cause })
  }
}
