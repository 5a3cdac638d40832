import type { Position, Retry } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'
import { GatewayError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Metrics } from '../metrics.ts'

/** Reads one event from JSON and appends it to the log. `retry` is set for a dead letter that is retried. @throws GatewayError */
export type Ingest = (value: unknown, retry?: Retry | undefined) => Promise<readonly Position[]>

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
  function readSafely(value: unknown): readonly HeadwaterEvent[] {
    try {
      return read(value)
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      onBug(cause as Error)
      throw new GatewayError(
        'UNREADABLE_EVENT',
        'The gateway failed to process this event; its log has the cause',
        {},
        cause,
      )
    }
  }

  return async (value, retry) => {
    try {
      const positions = await log.append(readSafely(value), retry)
      metrics.ingested(source, 'accepted')
      return positions
    } catch (error) {
      metrics.ingested(source, error instanceof GatewayError && !error.retryable ? 'refused' : 'unavailable')
      throw error
    }
  }
}
