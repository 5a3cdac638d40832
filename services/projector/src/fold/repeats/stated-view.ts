import { AvroBytes, span } from './avro-bytes.ts'
import { type EventShape, SpanList } from './event-shape.ts'

/**
 * An event about an asset or a job in its Avro body: all such records begin with an id and a time, and what follows is either stated
 * again byte for byte or differs. One for many events: each `read` replaces what the last one found.
 */
export class StatedView extends AvroBytes implements EventShape {
  readonly eventId = span()
  occurredAt = 0
  readonly #shape = new SpanList()

  /** The schema id, which tells the kind of event, and all that follows the time. */
  get spans(): Int32Array {
    return this.#shape.spans
  }

  get spanCount(): number {
    return this.#shape.count
  }

  /** False when the event does not begin as avsc encodes it. @param start of the body, which ends the bytes */
  read(bytes: Buffer, start: number): boolean {
    this.begin(bytes, start)
    this.skipText(this.eventId)
    this.occurredAt = this.long()
    this.#shape.clear()
    this.#shape.add(1, start)
    this.#shape.add(this.at, bytes.length)
    return this.isReadable && this.at < bytes.length
  }
}
