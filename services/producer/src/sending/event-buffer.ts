import type { HeadwaterEvent } from '@headwater/schemas'

type Entry = { readonly event: HeadwaterEvent; readonly bytes: number }

// Holds: at most `maxEvents` and `maxBytes`, in the order accepted; an event stays until it is removed, so what is
// being sent counts too.

/** Events that wait to be sent. Full, it refuses the newest: what was accepted is kept in order and without gaps. */
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

  /** @returns false when there is no room. */
  add(event: HeadwaterEvent, bytes: number): boolean {
    if (this.size >= this.#maxEvents || this.#bytes + bytes > this.#maxBytes) return false
    this.#entries.push({ event, bytes })
    this.#bytes += bytes
    return true
  }

  /** The oldest events, at least one when there is any. */
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
