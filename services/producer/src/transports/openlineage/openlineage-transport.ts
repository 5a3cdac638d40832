import { toOpenLineage } from '@headwater/openlineage'
import { type HeadwaterEvent, messageKey } from '@headwater/schemas'
import { textOf } from '../../problems.ts'
import { endpointUrl } from '../http/endpoint-url.ts'
import type { HttpOptions } from '../http/http-client.ts'
import { httpClient } from '../http/http-client.ts'
import { HttpStatusError } from '../http/http-failure.ts'
import { codeOf, type Transport, TransportError } from '../transport.ts'
import { FailingEvents } from './failing-events.ts'
import { inLanes } from './in-lanes.ts'

export type OpenLineageTransportOptions = HttpOptions & {
  /** Path of the endpoint. Default `api/v1/lineage`. */
  readonly endpoint?: string
}

const requestsAtOnce = 8

// Holds: events of one run, or of one asset, are posted one after the other. A retry of a batch skips what was posted before: OpenLineage
// events have no ids, so a server would store them twice.

/**
 * Sends events to any OpenLineage server (specification 2-0-2), one event per request.
 * @example
 * const transport = openLineageTransport({ url: 'http://localhost:5000', apiKey: process.env.MARQUEZ_API_KEY })
 */
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
          throw new TransportError('UNSENDABLE', `the server fails on this event and stores others: ${error.message}`, {
            cause: error,
          })
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
        if (events.length === 1 && codeOf(error) === 'UNSENDABLE') forget()
        throw error
      })
      forget()
    },
    close: async () => client.close(),
  }
}

const isServerError = (error: unknown): error is HttpStatusError =>
  error instanceof HttpStatusError && error.status === 500

/** @throws TransportError UNSENDABLE for an event that cannot be converted, e.g. one with an invalid time */
function bodiesOf(event: HeadwaterEvent): readonly string[] {
  try {
    return toOpenLineage(event).map((each) => JSON.stringify(each))
  } catch (cause) {
    throw new TransportError('UNSENDABLE', `it cannot be converted to OpenLineage: ${textOf(cause)}`, { cause })
  }
}
