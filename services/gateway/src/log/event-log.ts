import type { Position, Retry } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'

/** The log that accepted events are appended to. */
export interface EventLog {
  /**
   * Resolves once all replicas have stored all events, to the positions of their records in order; a large event has several records.
   * `retry` is written to the headers of the records.
   * @throws GatewayError LOG_UNAVAILABLE | OVERLOADED: the events may or may not be stored. INVALID_EVENT | EVENT_TOO_LARGE: none is stored.
   */
  append(events: readonly HeadwaterEvent[], retry?: Retry | undefined): Promise<readonly Position[]>
}
