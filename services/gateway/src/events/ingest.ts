import type { Position, Retry } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'
import { GatewayError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Metrics } from '../metrics.ts'

/** Takes one event as it came and stores what it says; `retry` when it is sent again. @throws GatewayError */
export type Ingest = (value: unknown, retry?: Retry | undefined) => Promise<readonly Position[]>

export type IngestOptions = {
  readonly source: 'openlineage' | 'native' | 'topic'
  readonly read: (value: unknown) => readonly HeadwaterEvent[]
  readonly log: EventLog
  readonly metrics: Pick<Metrics, 'ingested'>
  readonly onMistake: (error: Error) => void
}

export function createIngest({ source, read, log, metrics, onMistake }: IngestOptions): Ingest {
  /** A mistake in reading is one event's: it must neither fail those beside it nor be tried again and again. */
  function readSafely(value: unknown): readonly HeadwaterEvent[] {
    try {
      return read(value)
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      onMistake(cause as Error)
      throw new GatewayError('UNREADABLE_EVENT', 'The gateway fails to read this event; its log says why', {}, cause)
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
