import type { Position } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'
import { GatewayError } from './errors.ts'
import type { EventLog } from './event-log.ts'
import type { Metrics } from './metrics.ts'

/** Takes one event as it came and stores what it says. @throws GatewayError */
export type Ingest = (value: unknown) => Promise<readonly Position[]>

export type IngestOptions = {
  readonly source: 'openlineage' | 'native' | 'topic'
  readonly read: (value: unknown) => readonly HeadwaterEvent[]
  readonly log: EventLog
  readonly metrics: Pick<Metrics, 'ingested'>
}

export function createIngest({ source, read, log, metrics }: IngestOptions): Ingest {
  return async (value) => {
    try {
      const positions = await log.append(read(value))
      metrics.ingested(source, 'accepted')
      return positions
    } catch (error) {
      metrics.ingested(source, error instanceof GatewayError && !error.retryable ? 'refused' : 'unavailable')
      throw error
    }
  }
}
