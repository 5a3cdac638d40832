import type { Position } from '@headwater/kafka'
import type { HeadwaterEvent } from '@headwater/schemas'
import type { EventLog } from '../../src/log/event-log.ts'

/** Keeps events in memory, all in partition 0; fails with `failure` while it is set. */
export class InMemoryEventLog implements EventLog {
  readonly events: HeadwaterEvent[] = []
  failure: ((events: readonly HeadwaterEvent[]) => Error | undefined) | undefined

  async append(events: readonly HeadwaterEvent[]): Promise<readonly Position[]> {
    const failure = this.failure?.(events)
    if (failure !== undefined) throw failure
    return events.map((event) => ({ topic: 'log', partition: 0, offset: this.events.push(event) - 1 }))
  }
}
