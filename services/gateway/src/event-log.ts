import type { Position } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'

/** Where events go. */
export interface EventLog {
  /**
   * Resolves when all are stored, by all replicas, to their positions in the same order.
   * @throws GatewayError LOG_UNAVAILABLE | OVERLOADED: they may be stored yet, or not. INVALID_EVENT | EVENT_TOO_LARGE: none is.
   */
  append(events: readonly HeadwaterEvent[]): Promise<readonly Position[]>
}
