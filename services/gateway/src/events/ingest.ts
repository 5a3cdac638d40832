import { AccessError, type Principal } from '@headwater/access'
import type { Position, Retry } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'
import { GatewayError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { IngestResult, Metrics } from '../metrics.ts'
import { permittedEvents } from '../permission/permitted-events.ts'

/** Where an event comes from. */
export type EventOrigin = {
  /** The sender of the request; undefined while access is open, and for events of a topic, to which Kafka's own ACLs apply. */
  readonly principal?: Principal | undefined
  /** Set for a dead letter that is retried. */
  readonly retry?: Retry | undefined
}

/** Reads one event from JSON and appends it to the log. @throws GatewayError, or AccessError where the sender may not report it */
export type Ingest = (value: unknown, origin?: EventOrigin) => Promise<readonly Position[]>

export type IngestOptions = {
  readonly source: 'openlineage' | 'native' | 'topic'
  readonly read: (value: unknown) => readonly HeadwaterEvent[]
  readonly log: EventLog
  readonly metrics: Pick<Metrics, 'ingested'>
  /** Called when the code that reads an event throws an unexpected error. */
  readonly onBug: (error: Error) => void
}

export function createIngest({ source, read, log, metrics, onBug }: IngestOptions): Ingest {
  /** A bug in `read` fails this event only: no other event of the batch, and no endless retry of a topic's record. */
  function readSafely(value: unknown, principal: Principal | undefined): readonly HeadwaterEvent[] {
    try {
      return permittedEvents(read(value), principal, source)
    } catch (cause) {
      if (cause instanceof GatewayError || cause instanceof AccessError) throw cause
      onBug(cause as Error)
      throw new GatewayError(
        'UNREADABLE_EVENT',
        'The gateway failed to process this event; its log has the cause',
        {},
        cause,
      )
    }
  }

  return async (value, { principal, retry } = {}) => {
    try {
      const positions = await log.append(readSafely(value, principal), retry)
      metrics.ingested(source, 'accepted')
      return positions
    } catch (error) {
      metrics.ingested(source, resultOf(error))
      throw error
    }
  }
}

function resultOf(error: unknown): IngestResult {
  if (error instanceof AccessError) return 'forbidden'
  return error instanceof GatewayError && !error.retryable ? 'refused' : 'unavailable'
}
