import type { HeadwaterEvent } from '@headwater/schemas'

type Entry = { readonly event: HeadwaterEvent; readonly bytes: number }

// Holds: at most `maxEvents` events and `maxBytes` bytes, in the order accepted. Events being sent count until they are removed.

/** Events that wait to be sent. A full buffer refuses new events, so that the accepted ones have no gaps. */
export class EventBuffer {
  readonly #maxEvents: number
  readonly #maxBytes: number
  #entries: Entry[] = []
  #head = 0
  #bytes = 0

  constructor(maxEvents: number, maxBytes: number) {
    this.#maxEvents = maxEvents
    this.#maxBytes = maxBytes
  }

  /** @returns false for a full buffer */
  add(event: HeadwaterEvent, bytes: number): boolean {
    if (this.size >= this.#maxEvents || this.#bytes + bytes > this.#maxBytes) return false
    this.#entries.push({ event, bytes })
    this.#bytes += bytes
    return true
  }

  /** The oldest events within the limits; at least one where the buffer is not empty. */
  first(maxEvents: number, maxBytes: number): readonly HeadwaterEvent[] {
    const batch: HeadwaterEvent[] = []
    let bytes = 0
    for (let index = this.#head; index < this.#entries.length && batch.length < maxEvents; index += 1) {
      const entry = this.#entries[index] as Entry
      bytes += entry.bytes
      if (batch.length > 0 && bytes > maxBytes) break
      batch.push(entry.event)
    }
    return batch
  }

  removeFirst(count: number): void {
    for (const { bytes } of this.#entries.slice(this.#head, this.#head + count)) this.#bytes -= bytes
    this.#head += count
    if (this.#head * 2 >= this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head)
      this.#head = 0
    }
  }

  get size(): number {
    return this.#entries.length - this.#head
  }

  get bytes(): number {
    return this.#bytes
  }
}
