import type { Position, Retry } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'

/** Where events go. */
export interface EventLog {
  /**
   * Resolves when all are stored, by all replicas, to the positions of their records in the same order; a large event is several.
   * `retry` is what their source says when it is sent again; the records say so too.
   * @throws GatewayError LOG_UNAVAILABLE | OVERLOADED: they may be stored yet, or not. INVALID_EVENT | EVENT_TOO_LARGE: none is.
   */
  append(events: readonly HeadwaterEvent[], retry?: Retry | undefined): Promise<readonly Position[]>
}
